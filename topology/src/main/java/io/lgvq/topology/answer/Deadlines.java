package io.lgvq.topology.answer;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.apache.kafka.common.utils.Bytes;

/**
 * When each waiting question's time is over.
 *
 * <p>All wait equally long, so the first to come is the first to be due: expiry costs no more than
 * what expires. A question that left earlier stays listed until then. In memory only; made anew
 * after a restart.
 */
final class Deadlines {

  private record Deadline(long due, Bytes place) {}

  private final long wait;
  private final Deque<Deadline> queue = new ArrayDeque<>();

  Deadlines(Duration wait) {
    this.wait = wait.toMillis();
  }

  /** A place whose time starts now. */
  void start(Bytes place, long now) {
    queue.addLast(new Deadline(now + wait, place));
  }

  /** Whether no place waits. */
  boolean isEmpty() {
    return queue.isEmpty();
  }

  /** The places whose time is over, which are then forgotten. */
  List<Bytes> due(long now) {
    List<Bytes> due = new ArrayList<>();
    while (!queue.isEmpty() && queue.peekFirst().due() <= now) {
      due.add(queue.removeFirst().place());
    }
    return due;
  }
}
