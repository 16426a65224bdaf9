package io.lgvq.soak.verify;

import io.lgvq.topology.stage.AnswerStage;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A part of the stages' work: whatever comes in some of their partitions.
 *
 * @param partitions of the input of each stage, by the stage's name
 * @param of how many partitions each input has
 */
public record Share(Map<String, Set<Integer>> partitions, int of) {

  // A quarter of a second: well above what the reader of outputs can be behind.
  private static final double SECONDS = 0.25;

  /** All partitions of some stages. */
  public static Share whole(Iterable<String> stages, int of) {
    Map<String, Set<Integer>> all = new TreeMap<>();
    Set<Integer> each = IntStream.range(0, of).boxed().collect(Collectors.toSet());
    stages.forEach(stage -> all.put(stage, each));
    return new Share(all, of);
  }

  /** Whether it has no partition at all. */
  public boolean isEmpty() {
    return partitions.values().stream().allMatch(Set::isEmpty);
  }

  /** Whether it has no partition of a stage. */
  public boolean isWithout(String stage) {
    return partitions.getOrDefault(stage, Set.of()).isEmpty();
  }

  /**
   * How many records must be due of this share for its owner to count as busy: what a quarter of a
   * second feeds it, and one at least.
   *
   * @param rate images a second; there is a question to every two
   */
  public int enough(int rate) {
    double stages = 0;
    for (var each : partitions.entrySet()) {
      double weight = each.getKey().equals(AnswerStage.NAME) ? 0.5 : 1;
      stages += weight * each.getValue().size() / of;
    }
    return Math.max(1, (int) (rate * SECONDS * stages));
  }
}
