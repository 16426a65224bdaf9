package io.lgvq.training.probe;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.lgvq.training.alignment.VisualTokenEncoder.Seen;
import io.lgvq.training.array.AdamW;
import io.lgvq.training.array.ArrayOps;
import io.lgvq.training.array.Optimized;
import io.lgvq.training.array.Recording;
import io.lgvq.training.loop.Learner;
import io.lgvq.training.loop.Prefetch;
import io.lgvq.training.loop.Schedule;
import io.lgvq.training.weights.Tensor;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Trains a {@link Probe} on frozen codes, with the sum of the three losses. The blind one sees one
 * blank image for all and learns hidden words alone: what it reaches is what captions give away by
 * themselves.
 *
 * <p>Threading: one thread. Owns its parameters and the data's thread until {@link #close()}.
 */
final class ProbeLearner implements Learner {

  private static final AdamW.Settings ADAM = new AdamW.Settings(0.9f, 0.98f, 0.01f, 1);
  private static final float LAST_RATE = 0.02f;

  private final Probe probe;
  private final ProbeSettings settings;
  private final String configuration;
  private final long seed;
  private final boolean blind;
  private final Prefetch<ProbeStep> data;
  private final Schedule schedule;
  private final Optimized optimized;

  /**
   * @param configuration see {@link Learner#configuration()}
   * @param data of each step; closed with the learner
   */
  ProbeLearner(
      Probe probe,
      ProbeSettings settings,
      String configuration,
      long seed,
      boolean blind,
      Prefetch<ProbeStep> data) {
    this.probe = probe;
    this.settings = settings;
    this.configuration = configuration;
    this.seed = seed;
    this.blind = blind;
    this.data = data;
    long steps = blind ? settings.blindSteps() : settings.steps();
    schedule = new Schedule(settings.learningRate(), settings.warmUp(), steps, LAST_RATE);
    optimized = new Optimized(seed, ADAM);
    probe.prepare(optimized.parameters());
  }

  @Override
  public String name() {
    return blind ? "probe-blind" : "probe";
  }

  @Override
  public String configuration() {
    return configuration;
  }

  @Override
  public int batch() {
    return settings.batch();
  }

  @Override
  public Map<String, Float> step(long step) {
    ProbeStep batch = data.take(step);
    SplittableRandom random = new SplittableRandom(seed ^ (step + 1) * 0x9E3779B97F4A7C15L);
    Map<String, Float> report = new LinkedHashMap<>();
    try (NDManager scope = optimized.scope();
        Recording recording = Recording.open()) {
      ArrayOps ops = new ArrayOps(optimized.parameters(), scope);
      NDArray vectors = probe.vectors(ops, codes(scope, batch));
      Seen<NDArray> seen = probe.networks().see(ops, vectors);
      NDArray words = probe.networks().words(ops, seen, batch.text(), random);
      NDArray total = words;
      report.put("words", words.getFloat());
      if (!blind) {
        NDArray alignment = probe.networks().alignment(ops, seen, batch.text());
        NDArray relations = probe.networks().relations(ops, vectors, seen, batch.text());
        report.put("alignment", alignment.getFloat());
        report.put("relations", relations.getFloat());
        total = total.add(alignment).add(relations);
      }
      recording.backward(total);
    }
    report.put("gradient", optimized.step(schedule.at(step)));
    return report;
  }

  private NDArray codes(NDManager scope, ProbeStep batch) {
    int places = batch.codes().length / batch.images();
    int[] codes = blind ? new int[batch.codes().length] : batch.codes();
    return scope.create(codes, new Shape(batch.images(), places));
  }

  /** The trained parameters, by name. */
  Map<String, Tensor> parameters() {
    return optimized.parameters().tensors();
  }

  @Override
  public Map<String, Tensor> state() {
    return optimized.state();
  }

  @Override
  public void restore(Map<String, Tensor> state) {
    optimized.restore(state);
  }

  @Override
  public void close() {
    data.close();
    optimized.close();
  }
}
