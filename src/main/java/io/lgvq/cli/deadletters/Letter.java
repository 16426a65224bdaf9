package io.lgvq.cli.deadletters;

import io.lgvq.topology.deadletter.DeadLetter;
import io.lgvq.topology.deadletter.DeadLetters;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A dead letter as it is printed. Its texts were written by strangers, so nothing that steers a
 * terminal gets through.
 *
 * @param letter the dead letter
 * @param replayed when its record was replayed, if it was
 */
record Letter(DeadLetter letter, Optional<Instant> replayed) {
  private static final String ROW = "%-10s %-24s %-11s %-26s %-24s %10s %-8s %s%n";
  private static final int LONGEST_KEY = 64;

  /** The head of a table of {@link #row}s. */
  static String head() {
    return ROW.formatted(
        "POSITION", "TIME", "STAGE", "REASON", "KEY", "BYTES", "REPLAYED", "MESSAGE");
  }

  /** One line for people; the bytes stand in brackets where the letter is without them. */
  String row() {
    return ROW.formatted(
        position(),
        time(),
        text(DeadLetters.STAGE),
        text(DeadLetters.REASON),
        key(),
        whole() ? bytes() : "(" + bytes() + ")",
        replayed.isPresent() ? "yes" : "",
        text(DeadLetters.DETAIL));
  }

  /** The same for programs. */
  Map<String, Object> facts() {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("position", position().toString());
    facts.put("time", time().toString());
    facts.put("died", letter.died().map(Instant::toString));
    facts.put("stage", letter.stage());
    facts.put("reason", letter.reason());
    facts.put("key", letter.key() == null ? null : key());
    facts.put("bytes", bytes());
    facts.put("whole", whole());
    facts.put("origin", letter.origin());
    facts.put("replays", letter.replays());
    facts.put("replayed", replayed.map(Instant::toString));
    facts.put("message", letter.text(DeadLetters.DETAIL));
    return facts;
  }

  Position position() {
    return new Position(letter.place().partition(), letter.place().offset());
  }

  Instant time() {
    return Instant.ofEpochMilli(letter.timestamp());
  }

  /** The key, which is an image id where its sender kept to the contract. */
  String key() {
    if (letter.key() == null) {
      return "-";
    }
    String key = printable(letter.key());
    return key.length() <= LONGEST_KEY ? key : key.substring(0, LONGEST_KEY) + "...";
  }

  /** Length of the original value. */
  long bytes() {
    return letter.omittedBytes().orElse(letter.value() == null ? 0 : letter.value().length);
  }

  /** Whether the letter has the value. */
  boolean whole() {
    return letter.omittedBytes().isEmpty();
  }

  private String text(String header) {
    return letter.text(header).map(Letter::printable).orElse("-");
  }

  /** Bytes as text in one line. */
  static String printable(byte[] bytes) {
    return printable(new String(bytes, StandardCharsets.UTF_8));
  }

  /** Text in one line. */
  static String printable(String text) {
    return text.replaceAll("[\\p{Cc}\\p{Cf}\\x{2028}\\x{2029}]", "?");
  }
}
