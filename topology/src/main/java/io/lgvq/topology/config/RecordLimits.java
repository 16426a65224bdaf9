package io.lgvq.topology.config;

/**
 * How large the records of a stage may be, in bytes with key, headers and Kafka's own frame.
 *
 * @param input the largest that its input topics take
 * @param deadLetter the largest that its topic of dead letters takes
 */
public record RecordLimits(int input, int deadLetter) {

  // Our headers are a dozen, the longest of which are cut to 4,000 and to 1,000 characters.
  private static final int HEADER_ROOM = 64 * 1024;

  /**
   * The limits of topics that were made for each other: every record fits the dead letters.
   *
   * @param input the largest that the input topics take
   */
  public static RecordLimits of(int input) {
    return new RecordLimits(input, roomFor(input));
  }

  /** The limit of a topic for records of a size that get the headers of a dead letter. */
  public static int roomFor(int record) {
    return (int) Math.min(Integer.MAX_VALUE, (long) record + HEADER_ROOM);
  }
}
