package io.lgvq.topology.deadletter;

import io.lgvq.topology.arrival.Origin;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/**
 * A dead letter as it lies in its topic. Whoever can write to that topic can write anything, so
 * each header may be missing or be no number.
 *
 * <p>The arrays and headers are shared, not copied; nobody changes them.
 *
 * @param place where it lies
 * @param key the original's, null where that had none or where it is left out
 * @param value the original's, null where that had none or where it is left out
 * @param timestamp the original's, milliseconds since the epoch
 * @param headers the original's, and those of {@link DeadLetters}
 */
public record DeadLetter(Origin place, byte[] key, byte[] value, long timestamp, Headers headers) {

  /** The dead letter that a consumer read. */
  public static DeadLetter of(ConsumerRecord<byte[], byte[]> read) {
    return new DeadLetter(
        new Origin(read.topic(), read.partition(), read.offset()),
        read.key(),
        read.value(),
        read.timestamp(),
        read.headers());
  }

  /** The last header of a name as text. */
  public Optional<String> text(String header) {
    return Optional.ofNullable(headers.lastHeader(header))
        .map(Header::value)
        .map(value -> new String(value, StandardCharsets.UTF_8));
  }

  /**
   * Why it is dead, see {@link DeadLetterReason#code()}; another release may know other reasons.
   */
  public Optional<String> reason() {
    return text(DeadLetters.REASON);
  }

  /** The stage that refused it. */
  public Optional<String> stage() {
    return text(DeadLetters.STAGE);
  }

  /** When it died; letters of release 0.1.0 do not say it. */
  public Optional<Instant> died() {
    return text(DeadLetters.TIME).flatMap(DeadLetter::instant);
  }

  private static Optional<Instant> instant(String text) {
    try {
      return Optional.of(Instant.parse(text));
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }

  /** Where the original stood, if the headers say it. */
  public Optional<Origin> origin() {
    OptionalLong partition = number(DeadLetters.PARTITION);
    OptionalLong offset = number(DeadLetters.OFFSET);
    if (partition.isEmpty() || offset.isEmpty() || partition.getAsLong() > Integer.MAX_VALUE) {
      return Optional.empty();
    }
    return text(DeadLetters.TOPIC)
        .map(topic -> new Origin(topic, (int) partition.getAsLong(), offset.getAsLong()));
  }

  /** How many bytes the original value has, if this letter is without it. */
  public OptionalLong omittedBytes() {
    return number(DeadLetters.VALUE_OMITTED);
  }

  /** How often its record had been replayed when it died. */
  public int replays() {
    return (int) number(DeadLetters.REPLAYS).orElse(0);
  }

  private OptionalLong number(String header) {
    Optional<String> digits = text(header).filter(text -> text.matches("\\d{1,18}"));
    return digits.isPresent()
        ? OptionalLong.of(Long.parseLong(digits.get()))
        : OptionalLong.empty();
  }
}
