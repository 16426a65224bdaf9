package io.lgvq.soak;

import io.lgvq.soak.course.Feed;
import io.lgvq.soak.fault.Fault;
import io.lgvq.soak.fleet.Fleet;
import io.lgvq.soak.fleet.Slot;
import io.lgvq.soak.platform.Platform;
import io.lgvq.soak.verify.Finding;
import io.lgvq.soak.verify.Share;
import io.lgvq.soak.verify.Verifier;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Whether a fault strikes those who have work: the instance that is struck, by the partitions that
 * the group coordinators say it has, or everyone where brokers are struck or a newcomer joins. Who
 * has what is asked before the fault, while all is well; afterwards there may be nobody to ask
 * about. Threading: for one thread.
 */
final class Work {

  // A newcomer answers once it has a copy of the tokens, which is looked into once a minute.
  private static final Duration ASSIGNED = Duration.ofSeconds(90);
  private static final long STEP_MILLIS = 200;

  private final Platform platform;
  private final Fleet fleet;
  private final Feed feed;
  private final Verifier verifier;
  private final int rate;
  private Share share = new Share(Map.of(), Platform.PARTITIONS);

  Work(Platform platform, Fleet fleet, Feed feed, Verifier verifier, int rate) {
    this.platform = platform;
    this.fleet = fleet;
    this.feed = feed;
    this.verifier = verifier;
    this.rate = rate;
  }

  /** Finds out whose work the next fault is about. */
  void aim(Fault fault) throws InterruptedException {
    if (fault.kind().isOfAll()) {
      share = Share.whole(fleet.stages(), Platform.PARTITIONS);
      return;
    }
    // A group that has just got a member may not have given out its partitions.
    Slot slot = fleet.slot(fault.slot());
    long deadline = System.nanoTime() + ASSIGNED.toNanos();
    share = assigned(slot);
    while (isIdle(fault) && System.nanoTime() < deadline) {
      Thread.sleep(STEP_MILLIS);
      share = assigned(slot);
    }
  }

  private boolean isIdle(Fault fault) {
    return share.isEmpty() || (fault.kind().isOfStage() && share.isWithout(fault.stage()));
  }

  private Share assigned(Slot slot) throws InterruptedException {
    Map<String, Set<Integer>> partitions = platform.assigned(slot.name(), slot.stages());
    return new Share(partitions, Platform.PARTITIONS);
  }

  /** How many records are due of those that the fault is about. */
  int due() {
    return verifier.due(feed.sent(), share);
  }

  /** Whether that is too little to strike at. */
  boolean isLittle() {
    return due() < share.enough(rate);
  }

  /** What is wrong with the moment; empty if nothing is. */
  Optional<Finding> wrongWith(Fault fault) {
    int due = due();
    int enough = share.enough(rate);
    return due >= enough
        ? Optional.empty()
        : Optional.of(
            new Finding(
                "no work left",
                "fault " + fault.number(),
                fault.kind().code(),
                "%d records due of partitions %s, not %d"
                    .formatted(due, share.partitions(), enough)));
  }
}
