package io.lgvq.topology.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.lgvq.topology.rig.Visible;
import io.lgvq.topology.rig.Visible.Gap;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;

/**
 * Steps that are taken while records flow, and how long readers see nothing around each, beside how
 * long they see nothing between steps: against the gaps of the same minute rather than a figure,
 * for the machine may be busy.
 *
 * <p>Threading: one thread.
 */
final class StepGaps {

  /** What a step does to readers shows within. */
  private static final Duration AROUND = Duration.ofSeconds(2);

  /** How much longer than at other times readers may see nothing around a step. */
  private static final Duration MOST_ADDED = Duration.ofSeconds(1);

  private final Visible visible;
  private final List<Step> steps = new ArrayList<>();
  private long begun;

  /**
   * A step.
   *
   * @param name for people
   * @param nanos when it was taken, by {@link System#nanoTime}
   */
  private record Step(String name, long nanos) {}

  StepGaps(Visible visible) {
    this.visible = visible;
  }

  /** Waits until there are gaps to compare with; records flow already. */
  void begin() {
    begun = System.nanoTime();
    pass(begun, AROUND.multipliedBy(3));
  }

  /** Takes a step once what the one before did is over. */
  void step(String name, Runnable step) {
    if (!steps.isEmpty()) {
      pass(last(), AROUND.plus(AROUND)); // the second half is between steps
    }
    steps.add(new Step(name, System.nanoTime()));
    step.run();
  }

  /** Returns when what the last step did is over. */
  void end() {
    pass(last(), AROUND.plus(MOST_ADDED));
  }

  private long last() {
    return steps.get(steps.size() - 1).nanos();
  }

  private static void pass(long since, Duration time) {
    await()
        .atMost(Duration.ofMinutes(1))
        .pollInterval(Duration.ofMillis(50))
        .until(() -> System.nanoTime() - since >= time.toNanos());
  }

  /** Fails if readers of a topic saw nothing for longer around a step than they do without. */
  void assertNoGap(String topic) {
    List<Gap> gaps = visible.gaps(topic).stream().filter(gap -> gap.from() >= begun).toList();
    for (Step step : steps) {
      Duration before = longest(gaps, gap -> gap.to() <= step.nanos() && !isAroundAny(gap));
      Duration around = longest(gaps, gap -> isAround(gap, step));
      System.out.printf(
          "%s: longest time without a record %d ms around %s, %d ms before between steps%n",
          topic, around.toMillis(), step.name(), before.toMillis());
      assertThat(around)
          .as("nothing of %s around %s", topic, step.name())
          .isLessThanOrEqualTo(before.plus(MOST_ADDED));
    }
  }

  private boolean isAroundAny(Gap gap) {
    return steps.stream().anyMatch(step -> isAround(gap, step));
  }

  private static boolean isAround(Gap gap, Step step) {
    return gap.to() > step.nanos() && gap.from() < step.nanos() + AROUND.toNanos();
  }

  private static Duration longest(List<Gap> gaps, Predicate<Gap> which) {
    return gaps.stream()
        .filter(which)
        .map(Gap::length)
        .max(Comparator.naturalOrder())
        .orElse(Duration.ZERO);
  }
}
