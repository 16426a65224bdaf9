package io.lgvq.topology.drift;

import io.lgvq.operators.drift.CodeCounts;

/**
 * A window that is still being filled.
 *
 * @param codebook digest of the codebook whose codes are counted
 * @param since wall-clock milliseconds when its first image arrived
 * @param counts of its images; written to while it is open
 */
record OpenWindow(String codebook, long since, CodeCounts counts) {}
