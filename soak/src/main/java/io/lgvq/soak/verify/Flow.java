package io.lgvq.soak.verify;

import io.lgvq.soak.course.RecordId;
import io.lgvq.soak.course.Sent;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;

/**
 * Tells when output flows again: when each partition of each output topic has shown a record that
 * was fed after a moment.
 *
 * <p>Threading: safe for use by several threads.
 */
public final class Flow {

  private final Set<TopicPartition> partitions;
  private final Set<TopicPartition> waiting = new HashSet<>();
  private Sent since = new Sent(0, 0);
  private long began;
  private Optional<Duration> took = Optional.empty();

  /**
   * @param partitions that get records all the time
   */
  public Flow(Collection<TopicPartition> partitions) {
    this.partitions = Set.copyOf(partitions);
    this.waiting.addAll(partitions);
  }

  /**
   * The moment is now.
   *
   * @param sent what was fed before
   */
  public synchronized void begin(Sent sent) {
    since = sent;
    waiting.clear();
    waiting.addAll(partitions);
    began = System.nanoTime();
    took = Optional.empty();
  }

  /** A record came out. */
  public synchronized void heard(TopicPartition partition, RecordId record) {
    boolean after = record.number() >= (record.isImage() ? since.images() : since.questions());
    if (after && waiting.remove(partition) && waiting.isEmpty()) {
      took = Optional.of(Duration.ofNanos(System.nanoTime() - began));
    }
  }

  /** How long it took from the moment on; empty as long as it does not flow. */
  public synchronized Optional<Duration> took() {
    return took;
  }

  /** The partitions that have not shown anything since. */
  public synchronized Set<TopicPartition> waiting() {
    return Set.copyOf(waiting);
  }
}
