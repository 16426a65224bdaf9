package io.lgvq.topology.plan;

import io.lgvq.topology.config.AnswerSettings;
import io.lgvq.topology.config.DeadLetterSettings;
import io.lgvq.topology.config.TopicNames;
import java.util.Optional;

/**
 * What the plan of the topics follows from.
 *
 * @param topics their names
 * @param partitions of each topic, 1 or more
 * @param replication replicas of each partition, 1 or more; the broker's default if empty
 * @param imageBytes the most bytes that an image may have, encoded
 * @param answers how long tokens are kept and questions wait
 * @param deadLetters what they hold
 */
public record PlanSettings(
    TopicNames topics,
    int partitions,
    Optional<Short> replication,
    int imageBytes,
    AnswerSettings answers,
    DeadLetterSettings deadLetters) {

  // Id, source, attributes, and the sender's headers.
  private static final int ENVELOPE = 256 * 1024;

  /** Checks the ranges. */
  public PlanSettings {
    if (partitions < 1 || imageBytes < 1) {
      throw new IllegalArgumentException(
          "partitions and image bytes must be 1 or more but are %d and %d"
              .formatted(partitions, imageBytes));
    }
    if (replication.isPresent() && replication.get() < 1) {
      throw new IllegalArgumentException("replication must be 1 or more but is " + replication);
    }
  }

  /** Standard names and times, four partitions, the broker's replication, images of 20 MiB. */
  public static PlanSettings standard() {
    return new PlanSettings(
        TopicNames.standard(),
        4,
        Optional.empty(),
        20 << 20,
        AnswerSettings.standard(),
        DeadLetterSettings.whole());
  }

  /** The largest record of any topic but the dead letters, in bytes: an image and its envelope. */
  public int recordBytes() {
    return recordBytes(imageBytes);
  }

  /**
   * The same, of images of a size.
   *
   * @param imageBytes the most bytes that an image may have, encoded
   */
  public static int recordBytes(int imageBytes) {
    return (int) Math.min(Integer.MAX_VALUE, (long) imageBytes + ENVELOPE);
  }
}
