package io.lgvq.schemas.serde;

import io.lgvq.schemas.problem.SchemaConfigurationException;
import io.lgvq.schemas.problem.UnreadableRecordException;
import io.lgvq.schemas.problem.UnreadableRecordException.Reason;
import io.lgvq.schemas.registry.SchemaRegistry;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.generic.IndexedRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Deserializer;

/**
 * Reads Avro records in Confluent's wire format: into the generated class it was made for, else
 * into the class that {@code specific.avro.value.type} or (with {@code specific.avro.reader=true})
 * the writer's schema names, else into {@code GenericRecord}.
 *
 * <p>Usable by class name in any Kafka client's configuration ({@code value.deserializer}), see the
 * module's README for the properties. Threading: safe for many threads once configured.
 *
 * @param <T> the records
 */
public final class AvroDeserializer<T extends IndexedRecord> implements Deserializer<T> {

  private final Optional<SchemaRegistry> given;
  private final Optional<Class<T>> type;
  private volatile RecordReader<T> reader;
  private volatile boolean isKey;

  /** A deserializer whose configuration says everything. */
  public AvroDeserializer() {
    this.type = Optional.empty();
    this.given = Optional.empty();
  }

  /**
   * A deserializer into one generated class.
   *
   * @param type the class; its schema is the reader's schema
   */
  public AvroDeserializer(Class<T> type) {
    this.type = Optional.of(type);
    this.given = Optional.empty();
  }

  /**
   * A deserializer that shares a registry client; its configuration says what comes out.
   *
   * @param registry used instead of what {@code schema.registry.url} names
   */
  public AvroDeserializer(SchemaRegistry registry) {
    this.type = Optional.empty();
    this.given = Optional.of(registry);
  }

  /**
   * A deserializer into one generated class that shares a registry client.
   *
   * @param type the class; its schema is the reader's schema
   * @param registry used instead of what {@code schema.registry.url} names
   */
  public AvroDeserializer(Class<T> type, SchemaRegistry registry) {
    this.type = Optional.of(type);
    this.given = Optional.of(registry);
  }

  @Override
  @SuppressWarnings(
      "unchecked") // T is whatever the caller expects, as with every Kafka deserializer
  public void configure(Map<String, ?> configuration, boolean isKey) {
    SerdeSettings settings = SerdeSettings.from(configuration, isKey);
    SchemaRegistry registry = given.orElseGet(() -> SchemaRegistry.connect(configuration));
    this.isKey = isKey;
    this.reader =
        new RecordReader<>(
            registry, settings, type.or(() -> settings.type().map(c -> (Class<T>) c)));
  }

  /**
   * The record of some bytes; null gives null, a tombstone.
   *
   * @throws UnreadableRecordException if the bytes are to blame
   * @throws io.lgvq.schemas.problem.SchemaException of another kind, if they are not
   */
  @Override
  public T deserialize(String topic, byte[] bytes) {
    RecordReader<T> configured = reader;
    if (configured == null) {
      throw new SchemaConfigurationException("AvroDeserializer was used before configure().");
    }
    return bytes == null ? null : configured.read(bytes);
  }

  @Override
  public T deserialize(String topic, Headers headers, byte[] bytes) {
    if (bytes != null && SchemaIdHeader.replacesPrefix(headers, isKey, bytes)) {
      throw new UnreadableRecordException(
          Reason.SCHEMA_ID_IN_HEADER,
          "The record's schema id is in its header %s instead of a prefix: this format is not read; let the sender use the prefix."
              .formatted(SchemaIdHeader.of(isKey)));
    }
    return deserialize(topic, bytes);
  }
}
