package io.lgvq.soak.fault;

import io.lgvq.soak.fleet.Fleet;
import io.lgvq.soak.fleet.Slot;
import io.lgvq.soak.instance.News;
import io.lgvq.soak.platform.Platform;
import io.lgvq.soak.platform.Wire;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;

/**
 * Makes faults happen, and ends them: when it returns, nothing is broken any more that the stages
 * could not mend themselves.
 */
public final class FaultDriver {

  // Longer than the harness may wait for work to be due at the moment that is held.
  private static final Duration HOLD = Duration.ofSeconds(12);
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Duration FILLED = Duration.ofSeconds(2);
  private static final Duration FULL_DISK = Duration.ofSeconds(20);
  private static final Duration IN_SYNC = Duration.ofSeconds(30);
  private static final long STEP_MILLIS = 200;
  private static final int FOR_EVER = 1_000_000;

  private final Platform platform;
  private final Fleet fleet;

  /** Breaks these two. */
  public FaultDriver(Platform platform, Fleet fleet) {
    this.platform = platform;
    this.fleet = fleet;
  }

  /** Makes one fault happen. */
  public void apply(Fault fault, Moment moment) throws InterruptedException, ExecutionException {
    Slot slot = fleet.slot(fault.slot());
    switch (fault.kind()) {
      case KILL_MID_BATCH -> kill(slot, "batch", fault, moment);
      case KILL_MID_COMMIT -> kill(slot, "commit", fault, moment);
      case KILL_MID_RESTORE -> killMidRestore(slot, fault, moment);
      case KILL_MID_SWAP -> killMidSwap(slot, fault, moment);
      case BUNDLE_SWAPPED -> {
        moment.strikes();
        slot.tell("swap " + fault.lastsMillis());
        hear(slot, News.SWAPPED, moment);
      }
      case CLEAN_STOP -> {
        moment.strikes();
        slot.stop();
        slot.start();
      }
      case INSTANCE_ADDED -> {
        moment.strikes();
        slot.start();
      }
      case INSTANCE_REMOVED -> {
        moment.strikes();
        slot.leave();
      }
      case BROKER_KILLED -> {
        moment.strikes();
        platform.killBroker(fault.broker());
        moment.lasts(fault.lastsMillis());
        platform.startBroker(fault.broker());
      }
      case LEADER_MOVED -> leaderMoved(moment);
      case REGISTRY_DOWN -> registryDown(slot, fault, moment);
      case CUT_OFF -> {
        moment.strikes();
        cut(platform.wires(fault.slot(), fault.broker()), fault, moment);
      }
      case STATE_FULL -> stateFull(slot, fault, moment);
      case STATE_DELETED -> {
        moment.strikes();
        slot.stop();
        slot.deleteState();
        slot.start();
      }
      case ENGINE_SLOW -> {
        moment.strikes();
        slot.tell("slow " + fault.stage() + " " + fault.lastsMillis());
        hear(slot, News.ENGINE, moment);
      }
      case ENGINE_FAILS_ONCE -> {
        moment.strikes();
        slot.tell("fail " + fault.stage() + " 1");
        hear(slot, News.ENGINE, moment);
      }
      case ENGINE_FAILS_ALWAYS -> engineFailsAlways(slot, fault, moment);
      case CLOCK_JUMPS -> {
        moment.strikes();
        slot.tell("clock " + fault.lastsMillis());
      }
    }
  }

  private static void kill(Slot slot, String where, Fault fault, Moment moment)
      throws InterruptedException {
    slot.tell("trap " + where + " " + hold(fault).toMillis());
    hear(slot, News.TRAPPED, moment);
    moment.strikes();
    slot.kill();
    slot.start();
  }

  private static void killMidRestore(Slot slot, Fault fault, Moment moment)
      throws InterruptedException {
    slot.kill();
    slot.deleteState();
    slot.start("restore", hold(fault));
    hear(slot, News.TRAPPED, moment);
    moment.strikes();
    slot.kill();
    slot.start();
  }

  private static void killMidSwap(Slot slot, Fault fault, Moment moment)
      throws InterruptedException {
    slot.tell("swap " + fault.lastsMillis());
    hear(slot, News.SWAPPING, moment);
    // From now on batches hold pictures for both bundles.
    moment.lasts(fault.pauseMillis());
    moment.strikes();
    slot.kill();
    slot.start();
  }

  private void registryDown(Slot slot, Fault fault, Moment moment) throws InterruptedException {
    moment.strikes();
    slot.kill();
    slot.start();
    cut(List.of(platform.registryWire()), fault, moment);
  }

  private void leaderMoved(Moment moment) throws InterruptedException {
    // One that was killed a moment ago may not have caught up, and cannot lead before it has.
    for (long end = System.nanoTime() + IN_SYNC.toNanos();
        !platform.leaders().isInSync() && System.nanoTime() < end; ) {
      moment.lasts(STEP_MILLIS);
    }
    moment.strikes();
    if (!platform.leaders().move(IN_SYNC)) {
      moment.missed();
    }
  }

  private static void stateFull(Slot slot, Fault fault, Moment moment) throws InterruptedException {
    if (!fault.hard() || !stateFills(slot, moment)) {
      stateFullFromTheStart(slot, moment);
    }
    slot.start();
  }

  private static void stateFullFromTheStart(Slot slot, Moment moment) throws InterruptedException {
    slot.stop();
    moment.strikes();
    slot.startWithFullDisk(1);
    if (slot.await(News.FAILED, FULL_DISK)) {
      slot.awaitEnd();
    } else {
      moment.missed();
      slot.stop();
    }
  }

  /**
   * What a store has in memory, and there is always something, is written as the stage stops at the
   * latest. Where the state has grown all the same, the disk was not full. False if this machine
   * cannot do it.
   */
  private static boolean stateFills(Slot slot, Moment moment) throws InterruptedException {
    moment.strikes();
    long bytes = slot.stateBytes();
    if (!slot.fillDisk()) {
      return false;
    }
    if (slot.await(News.FAILED, FILLED)) {
      slot.awaitEnd();
    } else {
      slot.stop();
    }
    if (slot.stateBytes() > bytes + 1_024) {
      moment.missed();
    }
    return true;
  }

  private static void engineFailsAlways(Slot slot, Fault fault, Moment moment)
      throws InterruptedException {
    moment.strikes();
    slot.tell("fail " + fault.stage() + " " + FOR_EVER);
    if (slot.await(News.FAILED, PATIENCE)) {
      slot.awaitEnd();
    } else {
      moment.missed();
      slot.kill();
    }
    slot.start();
  }

  private static void cut(List<Wire> wires, Fault fault, Moment moment)
      throws InterruptedException {
    for (Wire wire : wires) {
      if (fault.number() % 2 == 0) {
        wire.silence();
      } else {
        wire.sever();
      }
    }
    try {
      moment.lasts(fault.lastsMillis());
    } finally {
      wires.forEach(Wire::mend);
    }
  }

  private static void hear(Slot slot, String news, Moment moment) throws InterruptedException {
    if (!slot.await(news, PATIENCE)) {
      moment.missed();
    }
  }

  /** Held at the moment until it is killed; or not held, and killed while it goes on. */
  private static Duration hold(Fault fault) {
    return fault.hard() ? HOLD : Duration.ZERO;
  }
}
