package io.lgvq.topology.event;

import java.util.HashMap;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.Serializer;

/**
 * Makes serdes of two classes that somebody else wrote.
 *
 * @param serializer of Avro records
 * @param deserializer into generated classes
 * @param configuration that both are given
 */
record PlatformSerdes(Class<?> serializer, Class<?> deserializer, Map<String, ?> configuration) {

  /** A configured serde for the values of one generated class. */
  <T extends SpecificRecord> Serde<T> of(Class<T> type) {
    @SuppressWarnings("unchecked") // it writes Avro records of any class: that is what it is for
    Serializer<T> writing = (Serializer<T>) made(serializer, Serializer.class);
    writing.configure(configuration, false);

    Map<String, Object> specific = new HashMap<>(configuration);
    specific.put("specific.avro.reader", true);
    specific.put("specific.avro.value.type", type.getName());
    Deserializer<?> reading = made(deserializer, Deserializer.class);
    reading.configure(specific, false);
    return Serdes.serdeFrom(writing, new TypedDeserializer<>(type, reading));
  }

  private static <K> K made(Class<?> type, Class<K> kind) {
    if (!kind.isAssignableFrom(type)) {
      throw new KafkaException(
          "%s is no %s of Kafka".formatted(type.getName(), kind.getSimpleName()));
    }
    try {
      return kind.cast(type.getConstructor().newInstance());
    } catch (ReflectiveOperationException e) {
      throw new KafkaException(
          "%s cannot be made with a public constructor without parameters"
              .formatted(type.getName()),
          e);
    }
  }
}
