package io.lgvq.soak.report;

import io.lgvq.soak.fault.Fault;
import java.time.Duration;
import java.util.Optional;

/**
 * What became of a fault.
 *
 * @param fault that struck
 * @param back from the fault until all instances had all their stages running; empty if they never
 *     stopped
 * @param flows from the fault until every partition of every output topic showed what was fed after
 *     it; empty if that took too long
 */
public record Recovery(Fault fault, Optional<Duration> back, Optional<Duration> flows) {}
