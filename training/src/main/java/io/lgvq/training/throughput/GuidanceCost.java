package io.lgvq.training.throughput;

import com.sun.management.OperatingSystemMXBean;
import io.lgvq.training.corpus.Corpus;
import io.lgvq.training.guidance.GuidanceSettings.Part;
import io.lgvq.training.run.Preset;
import io.lgvq.training.run.TokenizerTraining;
import io.lgvq.training.teacher.Teachers;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.ToDoubleFunction;

/**
 * What guidance costs: steps of a preset's tokenizer with some losses of the guidance beside steps
 * without any, turn by turn in one run, on the same pictures. What is measured is processor time,
 * so that it does not matter who else uses the machine.
 */
public final class GuidanceCost {

  private static final OperatingSystemMXBean SYSTEM =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private GuidanceCost() {}

  /**
   * Milliseconds of processor time a step.
   *
   * @param learning of the thread that takes the step
   * @param all of the process: data are made and captions read on another thread. What was read is
   *     kept, so a caption costs that once, however many trainings see it
   */
  public record Time(double learning, double all) {}

  /**
   * How many plain steps one with guidance costs.
   *
   * @param learning by {@link Time#learning}, of each round, from the least to the greatest
   * @param all by {@link Time#all}
   */
  public record Ratios(List<Double> learning, List<Double> all) {}

  /**
   * Measures it. Every side first takes a round that is not counted.
   *
   * @param guided the sets of losses to compare, by what they are called
   * @param steps a round
   * @param progress is told each round: times by name, those of the plain step under ""
   */
  public static Map<String, Ratios> measure(
      Preset preset,
      Corpus corpus,
      Teachers teachers,
      Map<String, Set<Part>> guided,
      int steps,
      int rounds,
      BiConsumer<Integer, Map<String, Time>> progress) {
    Map<String, Side> sides = new TreeMap<>();
    try {
      sides.put("", new Side(TokenizerTraining.open(preset.plain(), corpus, teachers, 1)));
      guided.forEach(
          (name, parts) ->
              sides.put(
                  name,
                  new Side(TokenizerTraining.open(preset.guidedBy(parts), corpus, teachers, 1))));
      sides.values().forEach(side -> side.take(steps));
      List<Map<String, Time>> done = new ArrayList<>();
      for (int round = 1; round <= rounds; round++) {
        Map<String, Time> times = new TreeMap<>();
        sides.forEach((name, side) -> times.put(name, side.take(steps)));
        progress.accept(round, times);
        done.add(times);
      }
      Map<String, Ratios> ratios = new TreeMap<>();
      for (String name : guided.keySet()) {
        ratios.put(
            name, new Ratios(ratios(done, name, Time::learning), ratios(done, name, Time::all)));
      }
      return ratios;
    } finally {
      sides.values().forEach(Side::close);
    }
  }

  private static List<Double> ratios(
      List<Map<String, Time>> rounds, String name, ToDoubleFunction<Time> of) {
    return rounds.stream()
        .map(times -> of.applyAsDouble(times.get(name)) / of.applyAsDouble(times.get("")))
        .sorted()
        .toList();
  }

  private static final class Side {
    private final TokenizerTraining training;
    private long step;

    Side(TokenizerTraining training) {
      this.training = training;
    }

    Time take(int steps) {
      long all = SYSTEM.getProcessCpuTime();
      long learning = THREADS.getCurrentThreadCpuTime();
      for (int i = 0; i < steps; i++) {
        training.learner().step(step++);
      }
      double unit = 1e6 * steps;
      return new Time(
          (THREADS.getCurrentThreadCpuTime() - learning) / unit,
          (SYSTEM.getProcessCpuTime() - all) / unit);
    }

    void close() {
      training.close();
    }
  }
}
