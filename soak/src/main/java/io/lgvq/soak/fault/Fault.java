package io.lgvq.soak.fault;

/**
 * One fault, with all that chance decided.
 *
 * @param number 1 for the first
 * @param kind what goes wrong
 * @param slot of the instance that it goes wrong with
 * @param broker that it goes wrong with; -1 for all, where a kind can be about all
 * @param stage name of a stage of that instance, where it is about an engine
 * @param pauseMillis wait before it, with all well
 * @param lastsMillis how long it lasts, where it lasts; the change of clock for {@link
 *     FaultKind#CLOCK_JUMPS}
 * @param hard the nastier of two ways, where there are two
 */
public record Fault(
    int number,
    FaultKind kind,
    int slot,
    int broker,
    String stage,
    long pauseMillis,
    long lastsMillis,
    boolean hard) {}
