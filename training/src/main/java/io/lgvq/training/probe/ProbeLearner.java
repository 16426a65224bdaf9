package io.lgvq.training.probe;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.lgvq.training.alignment.VisualTokenEncoder.Seen;
import io.lgvq.training.array.ArrayOps;
import io.lgvq.training.array.Recording;
import io.lgvq.training.head.CodeLearner;
import io.lgvq.training.loop.Learner;
import io.lgvq.training.loop.Prefetch;
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
final class ProbeLearner extends CodeLearner {

  private final Probe probe;
  private final boolean blind;
  private final Prefetch<ProbeStep> data;

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
    super(
        new Course(
            blind ? "probe-blind" : "probe",
            configuration,
            settings.batch(),
            settings.learningRate(),
            settings.warmUp(),
            blind ? settings.blindSteps() : settings.steps(),
            seed));
    this.probe = probe;
    this.blind = blind;
    this.data = data;
    probe.prepare(optimized().parameters());
  }

  @Override
  public Map<String, Float> step(long step) {
    ProbeStep batch = data.take(step);
    SplittableRandom random = new SplittableRandom(seed() ^ (step + 1) * 0x9E3779B97F4A7C15L);
    Map<String, Float> report = new LinkedHashMap<>();
    try (NDManager scope = optimized().scope();
        Recording recording = Recording.open()) {
      ArrayOps ops = new ArrayOps(optimized().parameters(), scope);
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
    report.put("gradient", move(step));
    return report;
  }

  private NDArray codes(NDManager scope, ProbeStep batch) {
    int places = batch.codes().length / batch.images();
    int[] codes = blind ? new int[batch.codes().length] : batch.codes();
    return scope.create(codes, new Shape(batch.images(), places));
  }

  @Override
  public void close() {
    data.close();
    super.close();
  }
}
