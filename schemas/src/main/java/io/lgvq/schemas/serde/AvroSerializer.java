package io.lgvq.schemas.serde;

import io.lgvq.schemas.problem.SchemaConfigurationException;
import io.lgvq.schemas.registry.SchemaRegistry;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.generic.IndexedRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Serializer;

/**
 * Writes Avro records in Confluent's wire format; generated and generic records alike.
 *
 * <p>Usable by class name in any Kafka client's configuration ({@code value.serializer}), see the
 * module's README for the properties. Threading: safe for many threads once configured.
 *
 * @param <T> the records
 */
public final class AvroSerializer<T extends IndexedRecord> implements Serializer<T> {

  private final Optional<SchemaRegistry> given;
  private volatile RecordWriter writer;
  private volatile String staleHeader = SchemaIdHeader.VALUE;

  /** A serializer that connects to the registry that its configuration names. */
  public AvroSerializer() {
    this.given = Optional.empty();
  }

  /**
   * A serializer that shares a registry client.
   *
   * @param registry used instead of what {@code schema.registry.url} names
   */
  public AvroSerializer(SchemaRegistry registry) {
    this.given = Optional.of(registry);
  }

  @Override
  public void configure(Map<String, ?> configuration, boolean isKey) {
    SerdeSettings settings = SerdeSettings.from(configuration, isKey);
    staleHeader = SchemaIdHeader.of(isKey);
    writer =
        new RecordWriter(given.orElseGet(() -> SchemaRegistry.connect(configuration)), settings);
  }

  /**
   * The bytes of a record; null gives null, a tombstone.
   *
   * @throws io.lgvq.schemas.problem.SchemaException one of its kinds
   */
  @Override
  public byte[] serialize(String topic, T record) {
    RecordWriter configured = writer;
    if (configured == null) {
      throw new SchemaConfigurationException("AvroSerializer was used before configure().");
    }
    return record == null ? null : configured.write(topic, record);
  }

  /** As without headers; drops a schema id header that came along from another record. */
  @Override
  public byte[] serialize(String topic, Headers headers, T record) {
    if (headers.lastHeader(staleHeader) != null) {
      headers.remove(staleHeader);
    }
    return serialize(topic, record);
  }
}
