package io.lgvq.soak.fault;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;

/**
 * Draws faults: the same seed, kinds and slots give the same faults in the same order. Which slots
 * run at each fault is part of the plan, so that an instance is added only where there is room and
 * never the last one removed.
 */
public final class FaultPlan {

  private static final int BROKERS = 3;
  private static final int STAGES = 4;
  private static final int LONGEST_PAUSE_MILLIS = 1_500;
  private static final int FARTHEST_CLOCK_MILLIS = 50 * 60_000;

  private final Random random;
  private final int slots;
  private final Set<Integer> running = new TreeSet<>();

  private FaultPlan(long seed, int slots, int running) {
    this.random = new Random(seed);
    this.slots = slots;
    for (int slot = 0; slot < running; slot++) {
      this.running.add(slot);
    }
  }

  /**
   * Draws faults, each kind as likely as the others.
   *
   * @param seed of chance
   * @param count how many
   * @param kinds to draw from; not empty
   * @param slots for instances
   * @param running how many of them have one at the start: the first ones
   */
  public static List<Fault> draw(
      long seed, int count, List<FaultKind> kinds, int slots, int running) {
    var plan = new FaultPlan(seed, slots, running);
    List<Fault> faults = new ArrayList<>(count);
    for (int number = 1; number <= count; number++) {
      faults.add(plan.next(number, kinds.get(plan.random.nextInt(kinds.size()))));
    }
    return List.copyOf(faults);
  }

  private Fault next(int number, FaultKind drawn) {
    FaultKind kind = possible(drawn);
    int slot = kind == FaultKind.INSTANCE_ADDED ? anEmptySlot() : aRunningSlot();
    if (kind == FaultKind.INSTANCE_ADDED) {
      running.add(slot);
    } else if (kind == FaultKind.INSTANCE_REMOVED) {
      running.remove(slot);
    }
    boolean hard = random.nextBoolean();
    int broker = random.nextInt(BROKERS);
    return new Fault(
        number,
        kind,
        slot,
        kind == FaultKind.CUT_OFF && hard ? -1 : broker,
        random.nextInt(STAGES),
        100 + random.nextInt(LONGEST_PAUSE_MILLIS),
        lasts(kind),
        hard);
  }

  private FaultKind possible(FaultKind drawn) {
    return switch (drawn) {
      case INSTANCE_ADDED -> running.size() == slots ? FaultKind.INSTANCE_REMOVED : drawn;
      case INSTANCE_REMOVED -> running.size() == 1 ? FaultKind.INSTANCE_ADDED : drawn;
      default -> drawn;
    };
  }

  private int anEmptySlot() {
    List<Integer> empty = new ArrayList<>();
    for (int slot = 0; slot < slots; slot++) {
      if (!running.contains(slot)) {
        empty.add(slot);
      }
    }
    return empty.get(random.nextInt(empty.size()));
  }

  private int aRunningSlot() {
    return List.copyOf(running).get(random.nextInt(running.size()));
  }

  private long lasts(FaultKind kind) {
    return switch (kind) {
      case BROKER_KILLED, REGISTRY_DOWN -> 2_000 + random.nextInt(4_000);
      case CUT_OFF -> 12_000 + random.nextInt(3_000);
      case BUNDLE_SWAPPED, KILL_MID_SWAP -> 500 + random.nextInt(2_000);
      case ENGINE_SLOW -> 1_000 + random.nextInt(3_000);
      case CLOCK_JUMPS -> random.nextInt(-FARTHEST_CLOCK_MILLIS, FARTHEST_CLOCK_MILLIS);
      default -> 0;
    };
  }
}
