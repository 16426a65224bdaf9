package io.lgvq.topology.flow;

import io.lgvq.topology.arrival.Arrival;
import io.lgvq.topology.deadletter.DeadLetters;
import io.lgvq.topology.deadletter.Verdict.Rejected;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.streams.processor.api.Record;

/**
 * What a stage made of one record: an output for the next topic, or a dead letter. Both keep the
 * record's key, timestamp and headers.
 *
 * @param <V> the output's value
 */
public sealed interface Outcome<V> {

  /**
   * An output.
   *
   * @param value for the next topic
   */
  record Output<V>(V value) implements Outcome<V> {}

  /**
   * A dead letter; why stands in the headers.
   *
   * @param value the original bytes, null where the record had none
   */
  record DeadLetter<V>(byte[] value) implements Outcome<V> {}

  /** A record with an output in place of the value that arrived. */
  static <V> Record<byte[], Outcome<V>> output(Arrival arrival, V value) {
    Headers headers = arrival.copyOfHeaders();
    // Confluent's newer serializers write it: it is about the value that arrived, not about ours.
    headers.remove("__value_schema_id");
    return new Record<>(arrival.key(), new Output<>(value), arrival.timestamp(), headers);
  }

  /** The record that arrived, with the headers of a dead letter. */
  static <V> Record<byte[], Outcome<V>> deadLetter(
      Arrival arrival, Rejected<?> rejected, String stage) {
    return new Record<>(
        arrival.key(),
        new DeadLetter<>(arrival.value()),
        arrival.timestamp(),
        DeadLetters.headers(arrival, rejected, stage));
  }
}
