package io.lgvq.topology.arrival;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;

/**
 * How an arrival lies in a state store: a version byte, then each field with its length before it.
 *
 * <p>The version lets a later release read what an earlier one left pending. Stateless; safe for
 * use by several threads.
 */
public final class ArrivalSerde implements Serde<Arrival> {

  private static final byte VERSION = 1;
  private static final int NULL = -1;

  @Override
  public Serializer<Arrival> serializer() {
    return (topic, arrival) -> arrival == null ? null : encode(arrival);
  }

  @Override
  public Deserializer<Arrival> deserializer() {
    return (topic, bytes) -> bytes == null ? null : decode(bytes);
  }

  private static byte[] encode(Arrival arrival) {
    byte[] topic = utf8(arrival.origin().topic());
    List<byte[]> headers = new ArrayList<>();
    for (Header header : arrival.headers()) {
      headers.add(utf8(header.key()));
      headers.add(header.value());
    }
    int size = 1 + Long.BYTES + size(topic) + Integer.BYTES + Long.BYTES + Integer.BYTES;
    for (byte[] part : headers) {
      size += size(part);
    }
    size += size(arrival.key()) + size(arrival.value()) + size(arrival.companion());

    ByteBuffer out = ByteBuffer.allocate(size).put(VERSION).putLong(arrival.timestamp());
    put(out, topic);
    out.putInt(arrival.origin().partition()).putLong(arrival.origin().offset());
    out.putInt(headers.size() / 2);
    headers.forEach(part -> put(out, part));
    put(out, arrival.key());
    put(out, arrival.value());
    put(out, arrival.companion());
    return out.array();
  }

  private static Arrival decode(byte[] bytes) {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    try {
      byte version = in.get();
      if (version != VERSION) {
        throw new SerializationException(
            "a pending record of format %d was left by a newer release; this one reads %d"
                .formatted(version, VERSION));
      }
      long timestamp = in.getLong();
      var origin = new Origin(string(take(in)), in.getInt(), in.getLong());
      var headers = new RecordHeaders();
      for (int left = in.getInt(); left > 0; left--) {
        headers.add(new RecordHeader(string(take(in)), take(in)));
      }
      return new Arrival(take(in), take(in), timestamp, headers, origin, take(in));
    } catch (BufferUnderflowException e) {
      throw new SerializationException("a pending record ends too early", e);
    }
  }

  private static int size(byte[] part) {
    return Integer.BYTES + (part == null ? 0 : part.length);
  }

  private static void put(ByteBuffer out, byte[] part) {
    if (part == null) {
      out.putInt(NULL);
    } else {
      out.putInt(part.length).put(part);
    }
  }

  private static byte[] take(ByteBuffer in) {
    int length = in.getInt();
    if (length == NULL) {
      return null;
    }
    if (length < 0 || length > in.remaining()) {
      throw new SerializationException("a pending record ends too early");
    }
    byte[] part = new byte[length];
    in.get(part);
    return part;
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String string(byte[] utf8) {
    return new String(utf8, StandardCharsets.UTF_8);
  }
}
