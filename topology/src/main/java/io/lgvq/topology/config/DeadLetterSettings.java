package io.lgvq.topology.config;

/**
 * What a dead letter holds of its record.
 *
 * @param maxValueBytes most bytes of a value that is kept whole, 0 or more. Of a longer one the
 *     letter has the length and the SHA-256 in its headers, and the place where it stands
 */
public record DeadLetterSettings(int maxValueBytes) {

  /** Checks the range. */
  public DeadLetterSettings {
    if (maxValueBytes < 0) {
      throw new IllegalArgumentException(
          "the largest value of a dead letter must be 0 bytes or more but is " + maxValueBytes);
    }
  }

  /** Every value whole, as far as the topic takes it. */
  public static DeadLetterSettings whole() {
    return new DeadLetterSettings(Integer.MAX_VALUE);
  }

  /** The limit of a topic for the dead letters of records of a size. */
  public int roomFor(int record) {
    return Math.min(RecordLimits.roomFor(record), RecordLimits.roomFor(maxValueBytes));
  }
}
