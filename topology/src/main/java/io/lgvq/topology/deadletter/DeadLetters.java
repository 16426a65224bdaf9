package io.lgvq.topology.deadletter;

import io.lgvq.topology.arrival.Arrival;
import io.lgvq.topology.deadletter.Verdict.Rejected;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import org.apache.kafka.common.header.Headers;

/**
 * What a dead letter says in its headers, beside all that the original record had.
 *
 * <p>The first six are Kafka Streams' own (KIP-1034), so that tools for its dead letters read ours.
 * All values are UTF-8 text.
 */
public final class DeadLetters {

  /** Class of what was thrown; absent where a rule of ours refused the record. */
  public static final String EXCEPTION = "__streams.errors.exception";

  /** Stack trace of what was thrown, cut to 4,000 characters; absent as {@link #EXCEPTION}. */
  public static final String STACKTRACE = "__streams.errors.stacktrace";

  /** The same sentence as {@link #DETAIL}. */
  public static final String MESSAGE = "__streams.errors.message";

  /** Topic that the record was read from. */
  public static final String TOPIC = "__streams.errors.topic";

  /** Partition that the record was read from, in decimal. */
  public static final String PARTITION = "__streams.errors.partition";

  /** Offset of the record in its partition, in decimal. */
  public static final String OFFSET = "__streams.errors.offset";

  /** The {@link DeadLetterReason#code()}. */
  public static final String REASON = "lgvq.error.reason";

  /** A sentence for people, cut to 1,000 characters. */
  public static final String DETAIL = "lgvq.error.detail";

  /** Name of the stage that refused the record. */
  public static final String STAGE = "lgvq.error.stage";

  /** When the stage refused the record, by its clock: ISO 8601, UTC. */
  public static final String TIME = "lgvq.error.time";

  /**
   * Length of the original value in bytes, where it is longer than configured, or a dead letter
   * with it would be larger than its topic or our producer takes; absent where the dead letter is
   * whole.
   */
  public static final String VALUE_OMITTED = "lgvq.error.value-omitted";

  /** SHA-256 of the original value in hexadecimal, beside {@link #VALUE_OMITTED}. */
  public static final String VALUE_SHA256 = "lgvq.error.value-sha256";

  /**
   * On a record that was replayed: the dead letter it was made of, as topic-partition-offset. Such
   * headers travel on to what is made of the record, and to its next dead letter.
   */
  public static final String REPLAY = "lgvq.replay";

  /** On a record that was replayed: how often, in decimal. */
  public static final String REPLAYS = "lgvq.replay.count";

  /**
   * Property of a stage's Kafka Streams client, a number: bytes of the largest dead letter that
   * topic and producer take.
   */
  public static final String MOST_BYTES = "lgvq.dead-letter.most-bytes";

  private static final int LONGEST_DETAIL = 1_000;
  private static final int LONGEST_TRACE = 4_000;

  private DeadLetters() {}

  /**
   * The original headers, and why the record is dead. A header that an earlier death left is
   * replaced, so that each stands once.
   */
  public static Headers headers(Arrival arrival, Rejected<?> rejected, String stage) {
    Headers headers = arrival.copyOfHeaders();
    String detail = cut(rejected.detail(), LONGEST_DETAIL);
    headers.remove(EXCEPTION).remove(STACKTRACE).remove(VALUE_OMITTED).remove(VALUE_SHA256);
    rejected
        .cause()
        .ifPresent(
            cause -> {
              set(headers, EXCEPTION, cause.getClass().getName());
              set(headers, STACKTRACE, cut(trace(cause), LONGEST_TRACE));
            });
    set(headers, MESSAGE, detail);
    set(headers, TOPIC, arrival.origin().topic());
    set(headers, PARTITION, Integer.toString(arrival.origin().partition()));
    set(headers, OFFSET, Long.toString(arrival.origin().offset()));
    set(headers, REASON, rejected.reason().code());
    set(headers, DETAIL, detail);
    set(headers, STAGE, stage);
    set(headers, TIME, Instant.now().truncatedTo(ChronoUnit.MILLIS).toString());
    return headers;
  }

  /** Says in the headers of a dead letter which value it is without; null has no bytes. */
  public static void omit(byte[] value, Headers headers) {
    byte[] omitted = value == null ? new byte[0] : value;
    set(headers, VALUE_OMITTED, Integer.toString(omitted.length));
    set(headers, VALUE_SHA256, sha256(omitted));
  }

  /** SHA-256 of some bytes, in hexadecimal. */
  public static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /** Whether a header is one of these rather than the sender's. */
  public static boolean isOurs(String header) {
    return header.startsWith("__streams.errors.") || header.startsWith("lgvq.error.");
  }

  private static void set(Headers headers, String name, String value) {
    headers.remove(name).add(name, value.getBytes(StandardCharsets.UTF_8));
  }

  private static String cut(String text, int longest) {
    return text.length() <= longest ? text : text.substring(0, longest);
  }

  private static String trace(Throwable cause) {
    var text = new StringWriter();
    cause.printStackTrace(new PrintWriter(text));
    return text.toString();
  }
}
