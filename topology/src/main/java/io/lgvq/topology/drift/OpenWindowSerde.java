package io.lgvq.topology.drift;

import io.lgvq.operators.drift.CodeCounts;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.utils.ByteUtils;

/**
 * How an open window lies in its store: a version byte, the codebook's digest with its length
 * before it, start, number of images, sum of their errors, number of codes, and the count of each
 * as a variable-length integer, for most counts of a large codebook are small.
 *
 * <p>Stateless; safe for use by several threads.
 */
final class OpenWindowSerde implements Serde<OpenWindow> {

  private static final byte VERSION = 1;

  @Override
  public Serializer<OpenWindow> serializer() {
    return (topic, window) -> window == null ? null : encode(window);
  }

  @Override
  public Deserializer<OpenWindow> deserializer() {
    return (topic, bytes) -> bytes == null ? null : decode(bytes);
  }

  private static byte[] encode(OpenWindow window) {
    byte[] codebook = window.codebook().getBytes(StandardCharsets.US_ASCII);
    CodeCounts counts = window.counts();
    int size = 1 + 2 * Integer.BYTES + codebook.length + 2 * Long.BYTES + Double.BYTES;
    for (long count : counts.counts()) {
      size += ByteUtils.sizeOfVarlong(count);
    }
    ByteBuffer out = ByteBuffer.allocate(size).put(VERSION);
    out.putInt(codebook.length).put(codebook).putLong(window.since());
    out.putLong(counts.images()).putDouble(counts.errors()).putInt(counts.counts().length);
    for (long count : counts.counts()) {
      ByteUtils.writeVarlong(count, out);
    }
    return out.array();
  }

  private static OpenWindow decode(byte[] bytes) {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    try {
      byte version = in.get();
      if (version != VERSION) {
        throw new SerializationException(
            "an open window of format %d was left by a newer release; this one reads %d"
                .formatted(version, VERSION));
      }
      byte[] codebook = new byte[in.getInt()];
      in.get(codebook);
      long since = in.getLong();
      long images = in.getLong();
      double errors = in.getDouble();
      long[] counts = new long[in.getInt()];
      for (int code = 0; code < counts.length; code++) {
        counts[code] = ByteUtils.readVarlong(in);
      }
      return new OpenWindow(
          new String(codebook, StandardCharsets.US_ASCII),
          since,
          new CodeCounts(counts, images, errors));
    } catch (BufferUnderflowException e) {
      throw new SerializationException("an open window ends too early", e);
    }
  }
}
