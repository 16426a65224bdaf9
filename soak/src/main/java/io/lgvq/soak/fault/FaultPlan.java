package io.lgvq.soak.fault;

import io.lgvq.soak.fleet.Layout;
import io.lgvq.topology.stage.AnswerStage;
import io.lgvq.topology.stage.TokenizeStage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * Draws faults: the same seed, kinds and slots give the same faults in the same order. Kinds come
 * as from a shuffled pack, each once before any comes again, so that a run that is long enough has
 * them all. Which slots run at each fault is part of the plan, so that an instance is added only
 * where there is room, and none is removed that is the last to run a stage.
 */
public final class FaultPlan {

  private static final int BROKERS = 3;
  private static final int LONGEST_PAUSE_MILLIS = 1_500;
  private static final int FARTHEST_CLOCK_MILLIS = 50 * 60_000;

  private final Random random;
  private final List<FaultKind> kinds;
  private final Layout layout;
  private final int sessionMillis;
  private final List<FaultKind> pack = new ArrayList<>();
  private final Set<Integer> running = new TreeSet<>();

  private FaultPlan(long seed, List<FaultKind> kinds, Layout layout, Duration sessionTimeout) {
    this.random = new Random(seed);
    this.kinds = kinds;
    this.layout = layout;
    this.sessionMillis = (int) sessionTimeout.toMillis();
    this.running.addAll(layout.atStart());
  }

  /**
   * Draws faults, each kind as often as the others.
   *
   * @param seed of chance
   * @param count how many
   * @param kinds to draw from; not empty
   * @param layout which slots there are, and what they run
   * @param sessionTimeout what being cut off outlasts
   */
  public static List<Fault> draw(
      long seed, int count, List<FaultKind> kinds, Layout layout, Duration sessionTimeout) {
    var plan = new FaultPlan(seed, kinds, layout, sessionTimeout);
    List<Fault> faults = new ArrayList<>(count);
    for (int number = 1; number <= count; number++) {
      faults.add(plan.next(number, plan.kind()));
    }
    return List.copyOf(faults);
  }

  private FaultKind kind() {
    if (pack.isEmpty()) {
      pack.addAll(kinds);
      Collections.shuffle(pack, random);
    }
    for (FaultKind kind : pack) {
      if (isPossible(kind)) {
        pack.remove(kind);
        return kind;
      }
    }
    // One that there is no room for, or none to take away: the other one makes it possible again.
    return pack.remove(0) == FaultKind.INSTANCE_ADDED
        ? FaultKind.INSTANCE_REMOVED
        : FaultKind.INSTANCE_ADDED;
  }

  private boolean isPossible(FaultKind kind) {
    return switch (kind) {
      case INSTANCE_ADDED -> running.size() < layout.most();
      case INSTANCE_REMOVED -> !slotsFor(kind).isEmpty();
      default -> true;
    };
  }

  private Fault next(int number, FaultKind kind) {
    int slot = oneOf(slotsFor(kind));
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
        oneOf(layout.stages(slot)),
        100 + random.nextInt(LONGEST_PAUSE_MILLIS),
        lasts(kind),
        hard);
  }

  private List<Integer> slotsFor(FaultKind kind) {
    return switch (kind) {
      case INSTANCE_ADDED ->
          IntStream.range(0, layout.slots().size())
              .filter(slot -> !running.contains(slot))
              .boxed()
              .toList();
      case INSTANCE_REMOVED -> running.stream().filter(this::isDispensable).toList();
      // What is lost and restored is the state of answers, and what a swap changes are tokens.
      case KILL_MID_RESTORE, STATE_FULL, STATE_DELETED -> runningWith(AnswerStage.NAME);
      case KILL_MID_SWAP, BUNDLE_SWAPPED -> runningWith(TokenizeStage.NAME);
      default -> List.copyOf(running);
    };
  }

  private boolean isDispensable(int slot) {
    Set<Integer> others = new TreeSet<>(running);
    others.remove(slot);
    return layout.isWhole(others);
  }

  private List<Integer> runningWith(String stage) {
    return running.stream().filter(slot -> layout.stages(slot).contains(stage)).toList();
  }

  private <T> T oneOf(List<T> several) {
    return several.get(random.nextInt(several.size()));
  }

  private long lasts(FaultKind kind) {
    return switch (kind) {
      case BROKER_KILLED, REGISTRY_DOWN -> 2_000 + random.nextInt(4_000);
      case CUT_OFF -> sessionMillis + 2_000 + random.nextInt(3_000);
      case BUNDLE_SWAPPED, KILL_MID_SWAP -> 500 + random.nextInt(2_000);
      case ENGINE_SLOW -> 1_000 + random.nextInt(3_000);
      case CLOCK_JUMPS -> random.nextInt(-FARTHEST_CLOCK_MILLIS, FARTHEST_CLOCK_MILLIS);
      default -> 0;
    };
  }
}
