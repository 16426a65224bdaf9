package io.lgvq.topology.deadletter;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Which dead letters someone wants.
 *
 * @param reasons codes of {@link DeadLetterReason}; empty for any
 * @param stages names of stages; empty for any
 * @param since the earliest time of the original record, inclusive
 * @param until the latest time of the original record, exclusive
 * @param diedSince the earliest time of its death, inclusive; none that does not say when that was
 */
public record DeadLetterFilter(
    Set<String> reasons,
    Set<String> stages,
    Optional<Instant> since,
    Optional<Instant> until,
    Optional<Instant> diedSince)
    implements Predicate<DeadLetter> {

  /** Keeps copies. */
  public DeadLetterFilter {
    reasons = Set.copyOf(reasons);
    stages = Set.copyOf(stages);
  }

  /** Lets every dead letter through. */
  public static DeadLetterFilter all() {
    return new DeadLetterFilter(
        Set.of(), Set.of(), Optional.empty(), Optional.empty(), Optional.empty());
  }

  @Override
  public boolean test(DeadLetter letter) {
    Instant time = Instant.ofEpochMilli(letter.timestamp());
    return (reasons.isEmpty() || letter.reason().filter(reasons::contains).isPresent())
        && (stages.isEmpty() || letter.stage().filter(stages::contains).isPresent())
        && since.filter(time::isBefore).isEmpty()
        && until.filter(end -> !time.isBefore(end)).isEmpty()
        && (diedSince.isEmpty() || letter.died().filter(this::isLateEnough).isPresent());
  }

  private boolean isLateEnough(Instant died) {
    return diedSince.filter(died::isBefore).isEmpty();
  }
}
