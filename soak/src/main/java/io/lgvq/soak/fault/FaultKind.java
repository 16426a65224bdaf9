package io.lgvq.soak.fault;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** What can go wrong. */
public enum FaultKind {
  /** SIGKILL while the engine has a batch; started again. */
  KILL_MID_BATCH("kill -9 of an instance with a batch in its engine"),
  /** SIGKILL as a transaction is about to be committed, or while it is; started again. */
  KILL_MID_COMMIT("kill -9 of an instance as it commits"),
  /** SIGKILL while state is restored to an empty disk; started again. */
  KILL_MID_RESTORE("kill -9 of an instance as it restores"),
  /** SIGKILL while one bundle takes the place of another; started again, with the first. */
  KILL_MID_SWAP("kill -9 of an instance as it changes its bundle"),
  /** One bundle takes the place of another, or gives way to it again. */
  BUNDLE_SWAPPED("an instance changes its bundle"),
  /** An instance stops in order, and is started again. */
  CLEAN_STOP("an instance stops in order and comes back"),
  /** One more instance. */
  INSTANCE_ADDED("an instance is added"),
  /** One instance less. */
  INSTANCE_REMOVED("an instance is removed"),
  /** SIGKILL to a broker, which is started again some seconds later. */
  BROKER_KILLED("kill -9 of a broker, which comes back"),
  /** Every partition of our topics gets another leader. */
  LEADER_MOVED("all leaders move"),
  /** The registry cannot be reached for some seconds, during which an instance is restarted. */
  REGISTRY_DOWN("the registry is away while an instance starts"),
  /** An instance cannot reach one broker, or none, for longer than its session timeout. */
  CUT_OFF("an instance is cut off from brokers for longer than its session timeout"),
  /** No file of an instance can grow, as on a full disk; then it is started with room. */
  STATE_FULL("the disk of an instance is full, or fills while it runs"),
  /** An instance is stopped, its state deleted, and started. */
  STATE_DELETED("an instance loses its state directory"),
  /** The engine takes seconds for a batch. */
  ENGINE_SLOW("an engine is slow"),
  /** The engine throws once. */
  ENGINE_FAILS_ONCE("an engine fails once"),
  /** The engine throws until the stage stops; the instance is started again with a good one. */
  ENGINE_FAILS_ALWAYS("an engine fails until the stage stops"),
  /** The wall clock of an instance jumps forward or back, by up to 50 minutes. */
  CLOCK_JUMPS("a clock jumps");

  private final String description;

  FaultKind(String description) {
    this.description = description;
  }

  /** Whether it is SIGKILL to an instance, all else being well. */
  public boolean isKillOfInstance() {
    return switch (this) {
      case KILL_MID_BATCH, KILL_MID_COMMIT, KILL_MID_RESTORE, KILL_MID_SWAP -> true;
      default -> false;
    };
  }

  /** Whether it is about brokers or a newcomer, and not about an instance that has work. */
  public boolean isOfAll() {
    return this == BROKER_KILLED || this == LEADER_MOVED || this == INSTANCE_ADDED;
  }

  /** Whether it is about one stage of an instance, which must have work. */
  public boolean isOfStage() {
    return this == ENGINE_SLOW || this == ENGINE_FAILS_ONCE || this == ENGINE_FAILS_ALWAYS;
  }

  /** In a few words. */
  public String description() {
    return description;
  }

  /** As it stands in options and reports, for instance {@code kill-mid-batch}. */
  public String code() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * The kind of a code.
   *
   * @throws IllegalArgumentException that names all codes
   */
  public static FaultKind of(String code) {
    return Arrays.stream(values())
        .filter(kind -> kind.code().equals(code))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "no fault is called '%s'; there are %s".formatted(code, codes())));
  }

  private static String codes() {
    return Arrays.stream(values()).map(FaultKind::code).collect(Collectors.joining(", "));
  }
}
