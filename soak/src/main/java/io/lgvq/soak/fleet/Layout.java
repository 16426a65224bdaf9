package io.lgvq.soak.fleet;

import io.lgvq.topology.stage.AnswerStage;
import io.lgvq.topology.stage.CaptionStage;
import io.lgvq.topology.stage.ReconstructStage;
import io.lgvq.topology.stage.TokenizeStage;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which stages the instance of each slot runs. Stages can be scaled apart, so some slots have all
 * of them and some have two.
 *
 * @param slots the stages of each slot, by its number
 * @param atStart the slots that have an instance at the start; together they run every stage
 * @param most how many instances there are at once
 */
public record Layout(List<Set<String>> slots, Set<Integer> atStart, int most) {

  private static final Set<String> ALL =
      Set.of(TokenizeStage.NAME, CaptionStage.NAME, AnswerStage.NAME, ReconstructStage.NAME);

  /**
   * Four slots, of which one to three have an instance: two with all stages, one with what makes
   * and paints tokens, one with what reads them. At the start each stage is in one process alone.
   */
  public static Layout standard() {
    return new Layout(
        List.of(
            ALL,
            Set.of(TokenizeStage.NAME, ReconstructStage.NAME),
            Set.of(CaptionStage.NAME, AnswerStage.NAME),
            ALL),
        Set.of(1, 2),
        3);
  }

  /** The stages of a slot, by name. */
  public List<String> stages(int slot) {
    return slots.get(slot).stream().sorted().toList();
  }

  /** Whether the instances of these slots run every stage between them. */
  public boolean isWhole(Collection<Integer> running) {
    Set<String> stages = new TreeSet<>();
    running.forEach(slot -> stages.addAll(slots.get(slot)));
    return stages.containsAll(ALL);
  }
}
