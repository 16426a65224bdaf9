package io.lgvq.schemas.serde;

import io.lgvq.schemas.registry.SchemaRegistry;
import java.util.Map;
import org.apache.avro.generic.IndexedRecord;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;

/**
 * {@link AvroSerializer} and {@link AvroDeserializer} as a pair, for Kafka Streams.
 *
 * <p>Usable by class name ({@code default.value.serde}). Threading: safe for many threads once
 * configured; one serde may serve every stream thread.
 *
 * @param <T> the records
 */
public final class AvroSerde<T extends IndexedRecord> implements Serde<T> {

  private final AvroSerializer<T> serializer;
  private final AvroDeserializer<T> deserializer;

  /** A serde whose configuration says everything. */
  public AvroSerde() {
    this.serializer = new AvroSerializer<>();
    this.deserializer = new AvroDeserializer<>();
  }

  /**
   * A serde of one generated class.
   *
   * @param type the class; its schema is the reader's schema
   */
  public AvroSerde(Class<T> type) {
    this.serializer = new AvroSerializer<>();
    this.deserializer = new AvroDeserializer<>(type);
  }

  /**
   * A serde of one generated class that shares a registry client.
   *
   * @param type the class; its schema is the reader's schema
   * @param registry used instead of what {@code schema.registry.url} names
   */
  public AvroSerde(Class<T> type, SchemaRegistry registry) {
    this.serializer = new AvroSerializer<>(registry);
    this.deserializer = new AvroDeserializer<>(type, registry);
  }

  /**
   * A configured serde for the values of one generated class.
   *
   * @param type the class
   * @param registry the registry client to share
   * @param configuration any Kafka client's configuration
   * @param <T> the records
   * @return the serde, ready for use
   */
  public static <T extends IndexedRecord> AvroSerde<T> forValues(
      Class<T> type, SchemaRegistry registry, Map<String, ?> configuration) {
    AvroSerde<T> serde = new AvroSerde<>(type, registry);
    serde.configure(configuration, false);
    return serde;
  }

  @Override
  public void configure(Map<String, ?> configuration, boolean isKey) {
    serializer.configure(configuration, isKey);
    deserializer.configure(configuration, isKey);
  }

  @Override
  public Serializer<T> serializer() {
    return serializer;
  }

  @Override
  public Deserializer<T> deserializer() {
    return deserializer;
  }
}
