package io.lgvq.training.throughput;

import com.sun.management.OperatingSystemMXBean;
import io.lgvq.training.corpus.Corpus;
import io.lgvq.training.guidance.GuidanceSettings.Part;
import io.lgvq.training.run.Preset;
import io.lgvq.training.run.TokenizerTraining;
import io.lgvq.training.teacher.Teachers;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/**
 * What guidance costs: steps of a preset's tokenizer with some losses of the guidance beside steps
 * without any, turn by turn in one run, on the same pictures. What is measured is processor time of
 * the whole process, reading captions included, so that it does not matter who else uses the
 * machine.
 */
public final class GuidanceCost {

  private static final OperatingSystemMXBean SYSTEM =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

  private GuidanceCost() {}

  /**
   * Measures it. Every side first takes a round that is not counted.
   *
   * @param guided the sets of losses to compare, by what they are called
   * @param steps a round
   * @param progress is told each round: milliseconds a step, by name; the plain step under ""
   * @return for each name the ratios of its rounds, from the least to the greatest
   */
  public static Map<String, List<Double>> measure(
      Preset preset,
      Corpus corpus,
      Teachers teachers,
      Map<String, Set<Part>> guided,
      int steps,
      int rounds,
      BiConsumer<Integer, Map<String, Double>> progress) {
    Map<String, Side> sides = new TreeMap<>();
    try {
      sides.put("", new Side(TokenizerTraining.open(preset.plain(), corpus, teachers, 1)));
      guided.forEach(
          (name, parts) ->
              sides.put(
                  name,
                  new Side(TokenizerTraining.open(preset.guidedBy(parts), corpus, teachers, 1))));
      sides.values().forEach(side -> side.milliseconds(steps));
      Map<String, List<Double>> ratios = new TreeMap<>();
      for (int round = 1; round <= rounds; round++) {
        Map<String, Double> times = new TreeMap<>();
        sides.forEach((name, side) -> times.put(name, side.milliseconds(steps)));
        progress.accept(round, times);
        guided
            .keySet()
            .forEach(
                name ->
                    ratios
                        .computeIfAbsent(name, key -> new ArrayList<>())
                        .add(times.get(name) / times.get("")));
      }
      ratios.values().forEach(each -> each.sort(null));
      return ratios;
    } finally {
      sides.values().forEach(Side::close);
    }
  }

  private static final class Side {
    private final TokenizerTraining training;
    private long step;

    Side(TokenizerTraining training) {
      this.training = training;
    }

    double milliseconds(int steps) {
      long before = SYSTEM.getProcessCpuTime();
      for (int i = 0; i < steps; i++) {
        training.learner().step(step++);
      }
      return (SYSTEM.getProcessCpuTime() - before) / 1e6 / steps;
    }

    void close() {
      training.close();
    }
  }
}
