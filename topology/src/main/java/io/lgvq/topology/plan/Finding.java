package io.lgvq.topology.plan;

/**
 * Something about a topic that somebody should know.
 *
 * @param severity how bad it is
 * @param topic its name
 * @param sentence what is wrong, what it leads to, and what to do
 */
public record Finding(Severity severity, String topic, String sentence) {

  /** How bad it is. */
  public enum Severity {
    /** Records are lost, or a stage does not start or stops. */
    ERROR,
    /** It works, and somebody may regret it. */
    WARNING
  }

  static Finding error(String topic, String sentence, Object... values) {
    return new Finding(Severity.ERROR, topic, sentence.formatted(values));
  }

  static Finding warning(String topic, String sentence, Object... values) {
    return new Finding(Severity.WARNING, topic, sentence.formatted(values));
  }
}
