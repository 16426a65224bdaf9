package io.lgvq.soak.report;

import io.lgvq.soak.fault.Fault;
import java.time.Duration;
import java.util.Optional;

/**
 * What became of a fault.
 *
 * @param fault that struck
 * @param due how many records were fed and not yet through with those that it struck
 * @param missed whether it did not come to what was meant
 * @param back from the fault until all instances had all their stages running; empty if they never
 *     stopped, or did not come back
 * @param flows from the fault until every partition of every output topic showed what was fed after
 *     it; empty if that took too long
 */
public record Recovery(
    Fault fault, int due, boolean missed, Optional<Duration> back, Optional<Duration> flows) {

  @Override
  public String toString() {
    return "%s: %d records due, back %s, output again %s"
        .formatted(
            fault.kind().code(),
            due,
            back.map(time -> Times.seconds(time.toMillis())).orElse("-"),
            flows.map(time -> Times.seconds(time.toMillis())).orElse("never"));
  }
}
