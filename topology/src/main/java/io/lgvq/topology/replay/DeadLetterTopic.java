package io.lgvq.topology.replay;

import io.lgvq.topology.deadletter.DeadLetter;
import io.lgvq.topology.deadletter.DeadLetterFilter;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * A topic of dead letters, to be read. Readings end where the topic ended when they began.
 *
 * <p>All methods throw {@link org.apache.kafka.common.KafkaException} where Kafka does not answer
 * or refuses. Threading: used by one thread. Ownership: whoever made it closes it.
 */
public final class DeadLetterTopic implements AutoCloseable {

  private final TopicScan scan;

  /**
   * @param properties of Kafka's clients; has {@code bootstrap.servers}
   * @param topic its name
   */
  public DeadLetterTopic(Map<String, String> properties, String topic) {
    this.scan = new TopicScan(properties, topic);
  }

  /** Whether the topic is there. */
  public boolean exists() {
    return scan.exists();
  }

  /**
   * Hands over the letters that a filter lets through, in the order of partitions and offsets.
   *
   * @param visitor says whether to go on
   */
  public void read(DeadLetterFilter filter, Predicate<DeadLetter> visitor) {
    scan.read(
        filter.since(),
        record -> {
          DeadLetter letter = DeadLetter.of(record);
          return !filter.test(letter) || visitor.test(letter);
        });
  }

  /** The letter at a place; nothing if none is there. */
  public Optional<DeadLetter> at(int partition, long offset) {
    return scan.at(partition, offset).map(DeadLetter::of);
  }

  @Override
  public void close() {
    scan.close();
  }
}
