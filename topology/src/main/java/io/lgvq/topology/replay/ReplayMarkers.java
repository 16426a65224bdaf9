package io.lgvq.topology.replay;

import io.lgvq.topology.deadletter.DeadLetter;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * What has been replayed: one small record for each original, in a compacted topic beside the dead
 * letters, written in the transaction that sends the original again.
 *
 * <p>They are kept by original rather than by letter: a token record that three stages refused has
 * three letters, and one replay brings it back to all three. The time is part of the name so that
 * positions of a topic that was deleted and made anew are others.
 *
 * <p>Threading: used by one thread.
 */
public final class ReplayMarkers {

  private final Map<String, Instant> replayed = new HashMap<>();

  private ReplayMarkers() {}

  /**
   * The topic that goes with a topic of dead letters.
   *
   * @param deadLetters its name, for instance {@code lgvq.dead-letters}
   */
  public static String topic(String deadLetters) {
    return deadLetters + "-replayed";
  }

  /**
   * All that are committed; none where their topic does not exist.
   *
   * @throws org.apache.kafka.common.KafkaException if Kafka does not answer or refuses
   */
  public static ReplayMarkers read(Map<String, String> properties, String deadLetters) {
    try (TopicScan scan = new TopicScan(properties, topic(deadLetters))) {
      return read(scan);
    }
  }

  /**
   * All that are committed, of a topic that does exist: a broker that has not heard of it yet is no
   * proof that nothing was replayed.
   */
  static ReplayMarkers readExisting(Map<String, String> properties, String deadLetters) {
    try (TopicScan scan = new TopicScan(properties, topic(deadLetters))) {
      scan.awaitTopic();
      return read(scan);
    }
  }

  private static ReplayMarkers read(TopicScan scan) {
    ReplayMarkers markers = new ReplayMarkers();
    scan.read(
        Optional.empty(),
        marker -> {
          if (marker.key() != null && marker.value() != null) {
            markers.replayed.put(
                new String(marker.key(), StandardCharsets.UTF_8),
                Instant.ofEpochMilli(marker.timestamp()));
          }
          return true;
        });
    return markers;
  }

  /** When the original of a letter was replayed, if it was. */
  public Optional<Instant> replayed(DeadLetter letter) {
    return letter.origin().map(origin -> replayed.get(name(letter)));
  }

  /**
   * The marker of a replay; its value says which letter was sent.
   *
   * @param letter has an origin
   */
  static ProducerRecord<byte[], byte[]> marker(DeadLetter letter) {
    return new ProducerRecord<>(
        topic(letter.place().topic()), utf8(name(letter)), utf8(Replay.name(letter.place())));
  }

  /**
   * What the original of a letter is called here.
   *
   * @param letter has an origin
   */
  static String name(DeadLetter letter) {
    return Replay.name(letter.origin().orElseThrow()) + "@" + letter.timestamp();
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
