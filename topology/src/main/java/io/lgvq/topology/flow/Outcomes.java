package io.lgvq.topology.flow;

import io.lgvq.topology.config.DeadLetterSettings;
import io.lgvq.topology.config.StageSettings;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.processor.api.Record;

/**
 * Where outcomes go.
 *
 * <p>Dead letters are a sink of the topology rather than the work of a producer aside, so that they
 * are part of the same transaction: a record is dead-lettered exactly once, too.
 */
public final class Outcomes {

  private Outcomes() {}

  /** The outputs alone. */
  public static <V> KStream<byte[], V> outputs(KStream<byte[], Outcome<V>> outcomes, String name) {
    return outcomes
        .filter((key, outcome) -> outcome instanceof Outcome.Output<V>, Named.as(name))
        .mapValues(outcome -> ((Outcome.Output<V>) outcome).value(), Named.as(name + "-value"));
  }

  /** Writes the dead letters to their topic, byte for byte where it and the settings allow that. */
  public static <V> void sendDeadLetters(
      KStream<byte[], Outcome<V>> outcomes, StageSettings settings, String name) {
    String topic = settings.topics().deadLetters();
    int maxValueBytes = settings.deadLetters().maxValueBytes();
    outcomes
        .filter((key, outcome) -> outcome instanceof Outcome.DeadLetter<V>, Named.as(name))
        .mapValues(outcome -> ((Outcome.DeadLetter<V>) outcome).value(), Named.as(name + "-value"))
        .process(() -> new DeadLetterFit(maxValueBytes), Named.as(name + "-fit"))
        .to(topic, Produced.with(Serdes.ByteArray(), Serdes.ByteArray()).withName(name + "-sink"));
  }

  /**
   * A dead letter as it fits into its topic: whole, or without its value, see {@code
   * docs/dead-letters.md}.
   *
   * @param settings what a letter may hold
   * @param most bytes that the topic and the producer take
   */
  public static Record<byte[], byte[]> fitted(
      Record<byte[], Outcome.DeadLetter<byte[]>> letter, DeadLetterSettings settings, long most) {
    return DeadLetterFit.fitted(
        letter.withValue(letter.value().value()), settings.maxValueBytes(), most);
  }

  /** Writes the outputs to a topic and the dead letters to theirs. */
  public static <V> void send(
      KStream<byte[], Outcome<V>> outcomes, String topic, Serde<V> serde, StageSettings settings) {
    outputs(outcomes, "outputs")
        .to(topic, Produced.with(Serdes.ByteArray(), serde).withName("outputs-sink"));
    sendDeadLetters(outcomes, settings, "dead-letters");
  }
}
