package io.lgvq.operators.rollout;

import java.util.Optional;

/**
 * How far a rollout is.
 *
 * @param phase of it
 * @param share of the batches (shadow) or keys (percentage), 0 to 1; else 0
 * @param published the bundle that publishes, to all or most keys
 * @param beside the other one
 * @param inMemory bundles whose operators are open, those that are waited for included
 * @param shadow what differs, while that is measured
 */
public record RolloutStatus(
    Phase phase,
    double share,
    LoadedBundle published,
    Optional<LoadedBundle> beside,
    int inMemory,
    Optional<ShadowReport> shadow) {}
