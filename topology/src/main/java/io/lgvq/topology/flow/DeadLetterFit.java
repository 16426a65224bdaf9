package io.lgvq.topology.flow;

import io.lgvq.topology.deadletter.DeadLetters;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/**
 * Sends dead letters on whole, or without their value where it is longer than configured or their
 * topic could not take them, or without all that the sender wrote where that is not enough. A
 * letter too large would stop the stage for good; a broker counts compressed bytes, so no limit of
 * a topic says how large a record can be that comes from it.
 *
 * <p>The headers say how long the value was, its SHA-256, and where the original stands. One
 * instance per stream thread.
 */
final class DeadLetterFit extends ContextualProcessor<byte[], byte[], byte[], byte[]> {

  /** More than Kafka's frame around one record, and around one header. */
  private static final int RECORD_FRAME = 128;

  private static final int HEADER_FRAME = 10;

  private final int maxValueBytes;
  private long most = Long.MAX_VALUE;

  /**
   * @param maxValueBytes most bytes of a value that is kept
   */
  DeadLetterFit(int maxValueBytes) {
    this.maxValueBytes = maxValueBytes;
  }

  @Override
  public void init(ProcessorContext<byte[], byte[]> context) {
    super.init(context);
    if (context.appConfigs().get(DeadLetters.MOST_BYTES) instanceof Number bytes) {
      most = bytes.longValue();
    }
  }

  @Override
  public void process(Record<byte[], byte[]> letter) {
    context().forward(fitted(letter, maxValueBytes, most));
  }

  /** A letter as whole as the limits let it be. */
  static Record<byte[], byte[]> fitted(
      Record<byte[], byte[]> letter, int maxValueBytes, long most) {
    if (length(letter.value()) <= maxValueBytes && bytes(letter) <= most) {
      return letter;
    }
    Headers headers = new RecordHeaders(letter.headers());
    DeadLetters.omit(letter.value(), headers);
    Record<byte[], byte[]> small = new Record<>(letter.key(), null, letter.timestamp(), headers);
    return bytes(small) <= most ? small : bare(small);
  }

  /** Without key and foreign headers. */
  private static Record<byte[], byte[]> bare(Record<byte[], byte[]> letter) {
    Headers ours = new RecordHeaders();
    for (Header header : letter.headers()) {
      if (DeadLetters.isOurs(header.key())) {
        ours.add(header);
      }
    }
    return new Record<>(null, null, letter.timestamp(), ours);
  }

  private static long bytes(Record<byte[], byte[]> letter) {
    long bytes = RECORD_FRAME + length(letter.key()) + (long) length(letter.value());
    for (Header header : letter.headers()) {
      bytes += HEADER_FRAME + 3L * header.key().length() + length(header.value());
    }
    return bytes;
  }

  private static int length(byte[] part) {
    return part == null ? 0 : part.length;
  }
}
