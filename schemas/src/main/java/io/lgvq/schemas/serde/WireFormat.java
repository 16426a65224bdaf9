package io.lgvq.schemas.serde;

import io.lgvq.schemas.problem.UnreadableRecordException;
import io.lgvq.schemas.problem.UnreadableRecordException.Reason;
import java.nio.ByteBuffer;

/**
 * The prefix of every record in Confluent's wire format: one zero byte, then the schema id in four
 * bytes, big-endian. The record in Avro's binary encoding follows.
 */
final class WireFormat {

  static final byte MAGIC = 0;
  static final int PREFIX = 5;

  private WireFormat() {}

  /** The prefix that announces schema {@code id}. */
  static byte[] prefix(int id) {
    return ByteBuffer.allocate(PREFIX).put(MAGIC).putInt(id).array();
  }

  /**
   * The schema id that the prefix announces.
   *
   * @throws UnreadableRecordException if there is no prefix, or another serializer's
   */
  static int id(byte[] bytes) {
    if (bytes.length == 0) {
      throw new UnreadableRecordException(Reason.TOO_SHORT, "The record is empty (0 bytes).");
    }
    if (bytes[0] != MAGIC) {
      throw new UnreadableRecordException(
          Reason.FOREIGN_MAGIC_BYTE,
          "The record begins with byte 0x%02x instead of 0x00: not written by a Schema Registry serializer."
              .formatted(bytes[0]));
    }
    if (bytes.length < PREFIX) {
      throw new UnreadableRecordException(
          Reason.TOO_SHORT,
          "The record has %d bytes, fewer than its prefix of %d.".formatted(bytes.length, PREFIX));
    }
    return ByteBuffer.wrap(bytes).getInt(1);
  }
}
