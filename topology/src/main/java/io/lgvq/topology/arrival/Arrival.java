package io.lgvq.topology.arrival;

import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/**
 * A record just as it arrived, so that its output can carry its time and headers, and its dead
 * letter its very bytes.
 *
 * <p>The arrays and headers are shared, not copied; nobody changes them.
 *
 * @param key the key's bytes, null where the record has none
 * @param value the value's bytes, null where the record has none
 * @param timestamp milliseconds since the epoch, at least 0
 * @param headers of the record
 * @param origin where it was read
 * @param companion bytes that the stage itself joined to the record, empty for none: to a question
 *     the tokens of its image
 */
public record Arrival(
    byte[] key, byte[] value, long timestamp, Headers headers, Origin origin, byte[] companion) {

  private static final byte[] NONE = new byte[0];

  /** A record that came alone. */
  public Arrival(byte[] key, byte[] value, long timestamp, Headers headers, Origin origin) {
    this(key, value, timestamp, headers, origin, NONE);
  }

  /** The same record with the bytes that it was joined to. */
  public Arrival with(byte[] joined) {
    return new Arrival(key, value, timestamp, headers, origin, joined);
  }

  /** The headers for a record that is made of this one; the caller may change them. */
  public Headers copyOfHeaders() {
    return new RecordHeaders(headers);
  }
}
