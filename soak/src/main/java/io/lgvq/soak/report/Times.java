package io.lgvq.soak.report;

import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;

/** Durations of one thing, sorted. Immutable. */
final class Times {

  private final long[] millis;

  Times(Collection<Duration> durations) {
    millis = durations.stream().mapToLong(Duration::toMillis).sorted().toArray();
  }

  /** Median, 95 % and worst, as cells of a table; blank where there are none. */
  List<String> cells() {
    return millis.length == 0
        ? List.of("", "", "")
        : List.of(seconds(median()), seconds(ofRank(0.95)), seconds(worst()));
  }

  /** How many were longer. */
  long longerThan(Duration limit) {
    return Arrays.stream(millis).filter(each -> each > limit.toMillis()).count();
  }

  boolean isEmpty() {
    return millis.length == 0;
  }

  int count() {
    return millis.length;
  }

  /** The longest, in milliseconds. */
  long worst() {
    return millis[millis.length - 1];
  }

  /** The middle one, or the mean of the two in the middle. */
  long median() {
    return (millis[(millis.length - 1) / 2] + millis[millis.length / 2]) / 2;
  }

  /** The least that such a part of all do not exceed. */
  long ofRank(double part) {
    return millis[(int) Math.ceil(part * millis.length) - 1];
  }

  static String seconds(long millis) {
    return String.format(Locale.ROOT, "%.1f s", millis / 1000.0);
  }
}
