package io.lgvq.schemas.serde;

import io.lgvq.schemas.problem.UnreadableRecordException;
import io.lgvq.schemas.problem.UnreadableRecordException.Reason;
import io.lgvq.schemas.registry.RecentlyUsed;
import io.lgvq.schemas.registry.SchemaRegistry;
import java.io.IOException;
import java.util.Optional;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.io.DatumReader;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificRecord;

/**
 * Turns bytes into records: the writer's schema comes from the registry by id, the reader's from
 * the generated class, and Avro resolves one to the other. Bytes may be hostile: whatever they
 * hold, the outcome is a record or an {@link UnreadableRecordException}. Safe for many threads.
 *
 * @param <T> what comes out
 */
final class RecordReader<T extends IndexedRecord> {

  private final SchemaRegistry registry;
  private final SerdeSettings settings;
  private final Optional<Class<T>> type;
  private final RecentlyUsed<Integer, Resolution<T>> resolutions = new RecentlyUsed<>(1_000);

  /** A reader into {@code type}, or into what the settings say if there is none. */
  RecordReader(SchemaRegistry registry, SerdeSettings settings, Optional<Class<T>> type) {
    this.registry = registry;
    this.settings = settings;
    this.type = type;
  }

  /** The record behind the prefix. */
  T read(byte[] bytes) {
    int id = WireFormat.id(bytes);
    return resolutions.get(id, this::resolution).read(bytes);
  }

  private Resolution<T> resolution(int id) {
    Optional<Schema> found = id > 0 ? registry.schema(id) : Optional.empty();
    Schema writer =
        found.orElseThrow(
            () ->
                new UnreadableRecordException(
                    Reason.UNKNOWN_SCHEMA_ID, "The registry has no schema of id " + id + "."));
    if (writer.getType() != Schema.Type.RECORD) {
      throw new UnreadableRecordException(
          Reason.FOREIGN_SCHEMA,
          "Schema id %d is of Avro type %s, expected a record.".formatted(id, writer.getType()));
    }
    if (type.isPresent()) {
      return specific(id, writer, type.get());
    }
    return settings.specific()
        ? specific(id, writer, named(writer))
        : new Resolution<>(id, writer, writer, new GenericDatumReader<>(writer));
  }

  private Resolution<T> specific(int id, Schema writer, Class<T> type) {
    SpecificData model = model(type);
    Schema reader = model.getSchema(type);
    return new Resolution<>(id, writer, reader, new SpecificDatumReader<>(writer, reader, model));
  }

  /**
   * The class's own model, but one that finds classes where the given one came from: Avro's default
   * looks beside Avro itself, which is another class loader in servers and in Quarkus's tests.
   */
  private static SpecificData model(Class<?> type) {
    SpecificData model = new SpecificData(type.getClassLoader());
    SpecificData.getForClass(type).getConversions().forEach(model::addLogicalTypeConversion);
    return model;
  }

  /** Only a generated class is ever initialised by the name that a writer chose. */
  @SuppressWarnings(
      "unchecked") // T is whatever the caller expects, as with every Kafka deserializer
  private Class<T> named(Schema writer) {
    ClassLoader context = Thread.currentThread().getContextClassLoader();
    ClassLoader loader = context != null ? context : RecordReader.class.getClassLoader();
    try {
      Class<?> found = Class.forName(writer.getFullName(), false, loader);
      if (SpecificRecord.class.isAssignableFrom(found)) {
        return (Class<T>) found;
      }
    } catch (ClassNotFoundException | LinkageError e) {
      throw noClass(writer, e);
    }
    throw noClass(writer, null);
  }

  private static UnreadableRecordException noClass(Schema writer, Throwable cause) {
    return new UnreadableRecordException(
        Reason.FOREIGN_SCHEMA,
        "No generated class %s for the writer's schema is on the class path."
            .formatted(writer.getFullName()),
        cause);
  }

  /** How records of one writer's schema are read. */
  private record Resolution<T>(int id, Schema writer, Schema reader, DatumReader<T> decoder) {

    T read(byte[] bytes) {
      int length = bytes.length - WireFormat.PREFIX;
      BoundedDecoder in = new BoundedDecoder(bytes, WireFormat.PREFIX, length);
      try {
        T record = decoder.read(null, in);
        if (in.left() > 0) {
          throw new IOException(in.left() + " bytes are left over");
        }
        return record;
      } catch (IOException | RuntimeException | StackOverflowError e) {
        throw unreadable(e);
      }
    }

    private UnreadableRecordException unreadable(Throwable cause) {
      var verdict = SchemaCompatibility.checkReaderWriterCompatibility(reader, writer);
      if (verdict.getType() == SchemaCompatibilityType.COMPATIBLE) {
        return new UnreadableRecordException(
            Reason.GARBAGE,
            "The bytes do not decode as %s (schema id %d): %s"
                .formatted(writer.getFullName(), id, cause.getMessage()),
            cause);
      }
      return new UnreadableRecordException(
          Reason.FOREIGN_SCHEMA,
          "Records of %s (schema id %d) cannot be read as %s: %s"
              .formatted(
                  writer.getFullName(),
                  id,
                  reader.getFullName(),
                  verdict.getResult().getIncompatibilities()),
          cause);
    }
  }
}
