package io.lgvq.topology.flow;

import io.lgvq.topology.arrival.Arrival;
import io.lgvq.topology.arrival.Origin;
import io.lgvq.topology.observe.StageListener;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;

/**
 * How records come in: as bytes, so that none can stop a stage before the stage has looked at it,
 * and with the place where they stood.
 */
public final class Arrivals {

  private Arrivals() {}

  /**
   * The records of a topic.
   *
   * @param name of the nodes in the topology, unique in it
   * @param stage name of the stage, for the listener
   */
  public static KStream<byte[], Arrival> from(
      StreamsBuilder builder, String topic, String name, String stage, StageListener listener) {
    return builder.stream(
            topic,
            Consumed.with(Serdes.ByteArray(), Serdes.ByteArray())
                .withTimestampExtractor(new ArrivalTime())
                .withName(name))
        .process(() -> new Arriving(stage, listener), Named.as(name + "-arrive"));
  }

  private static final class Arriving extends ContextualProcessor<byte[], byte[], byte[], Arrival> {

    private final String stage;
    private final StageListener listener;

    Arriving(String stage, StageListener listener) {
      this.stage = stage;
      this.listener = listener;
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
      RecordMetadata place =
          context()
              .recordMetadata()
              .orElseThrow(() -> new IllegalStateException("a record of a topic has a place"));
      listener.received(stage, place.topic());
      var origin = new Origin(place.topic(), place.partition(), place.offset());
      context()
          .forward(
              record.withValue(
                  new Arrival(
                      record.key(), record.value(), record.timestamp(), record.headers(), origin)));
    }
  }
}
