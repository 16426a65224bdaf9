package io.lgvq.schemas.serde;

import io.lgvq.schemas.problem.SchemaRefusedException;
import io.lgvq.schemas.problem.SchemaRefusedException.Reason;
import io.lgvq.schemas.problem.UnwritableRecordException;
import io.lgvq.schemas.registry.RecentlyUsed;
import io.lgvq.schemas.registry.SchemaRegistry;
import io.lgvq.schemas.registry.SubjectVersion;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DatumWriter;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumWriter;

/**
 * Turns records into bytes; asks the registry once a schema and subject. Safe for many threads, as
 * Kafka's producer demands.
 */
final class RecordWriter {

  private final SchemaRegistry registry;
  private final SerdeSettings settings;
  private final RecentlyUsed<Use, Layout> layouts = new RecentlyUsed<>(1_000);

  RecordWriter(SchemaRegistry registry, SerdeSettings settings) {
    this.registry = registry;
    this.settings = settings;
  }

  /** The record with its prefix. */
  byte[] write(String topic, IndexedRecord record) {
    Schema schema = record.getSchema();
    String subject = settings.naming().subject(topic, settings.isKey(), schema);
    Layout layout = settings.useLatest() ? latest(subject, schema) : own(subject, schema);
    ByteArrayOutputStream out = new ByteArrayOutputStream(512);
    try {
      out.write(WireFormat.prefix(layout.id()));
      layout.write(record, out);
    } catch (IOException | RuntimeException e) {
      throw unwritable(schema, topic, e);
    }
    return out.toByteArray();
  }

  /**
   * Where a required value is missing, Avro says which. Its other messages hold the values, which
   * must not get into a log: of these the kind and the place are kept.
   */
  private static UnwritableRecordException unwritable(
      Schema schema, String topic, Exception failure) {
    boolean missing = failure instanceof NullPointerException;
    var unwritable =
        new UnwritableRecordException(
            "A record of %s for topic %s does not keep its schema: %s"
                .formatted(
                    schema.getFullName(),
                    topic,
                    missing ? failure.getMessage() : failure.getClass().getSimpleName()),
            missing ? failure : null);
    if (!missing) {
      unwritable.setStackTrace(failure.getStackTrace());
    }
    return unwritable;
  }

  private Layout own(String subject, Schema schema) {
    return layouts.get(new Use(subject, schema, 0), use -> new Same(id(subject, schema), schema));
  }

  private int id(String subject, Schema schema) {
    Schema portable = settings.removeJavaProperties() ? PortableSchema.of(schema) : schema;
    if (settings.autoRegister()) {
      return registry.register(subject, portable, settings.normalize());
    }
    return registry
        .id(subject, portable, settings.normalize())
        .orElseThrow(
            () ->
                new SchemaRefusedException(
                    Reason.NOT_REGISTERED,
                    "The schema of %s is not registered under subject %s, and auto.register.schemas is off."
                        .formatted(schema.getFullName(), subject)));
  }

  private Layout latest(String subject, Schema schema) {
    SubjectVersion latest =
        registry
            .latest(subject)
            .orElseThrow(
                () ->
                    new SchemaRefusedException(
                        Reason.NOT_REGISTERED,
                        "Subject %s does not exist, and use.latest.version is on."
                            .formatted(subject)));
    return layouts.get(
        new Use(subject, schema, latest.id()), use -> layout(subject, schema, latest));
  }

  private Layout layout(String subject, Schema schema, SubjectVersion latest) {
    String ours = SchemaNormalization.toParsingForm(schema);
    if (ours.equals(SchemaNormalization.toParsingForm(latest.schema()))) {
      return new Same(latest.id(), schema);
    }
    var verdict = SchemaCompatibility.checkReaderWriterCompatibility(latest.schema(), schema);
    if (settings.latestStrict() && verdict.getType() != SchemaCompatibilityType.COMPATIBLE) {
      throw new SchemaRefusedException(
          Reason.INCOMPATIBLE,
          "Version %d of subject %s cannot read records of %s: %s"
              .formatted(
                  latest.version(),
                  subject,
                  schema.getFullName(),
                  verdict.getResult().getIncompatibilities()));
    }
    return new Resolved(latest.id(), schema, latest.schema());
  }

  private static void encode(DatumWriter<Object> writer, Object datum, ByteArrayOutputStream out)
      throws IOException {
    BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(out, null);
    writer.write(datum, encoder);
    encoder.flush();
  }

  /**
   * Distinguishes what may differ between two records; {@code latestId} is 0 if it plays no part.
   */
  private record Use(String subject, Schema schema, int latestId) {}

  /** How records of one schema are laid out, and the id that says so. */
  private sealed interface Layout {
    int id();

    void write(IndexedRecord record, ByteArrayOutputStream out) throws IOException;
  }

  /** As their own schema says. */
  private record Same(int id, DatumWriter<Object> writer) implements Layout {

    Same(int id, Schema schema) {
      this(id, new SpecificDatumWriter<>(schema, SpecificData.getForSchema(schema)));
    }

    @Override
    public void write(IndexedRecord record, ByteArrayOutputStream out) throws IOException {
      encode(writer, record, out);
    }
  }

  /** As another schema says, into which the record is resolved as a reader would. */
  private record Resolved(int id, Same own, GenericDatumReader<Object> resolver, Schema target)
      implements Layout {

    Resolved(int id, Schema schema, Schema target) {
      this(id, new Same(id, schema), new GenericDatumReader<>(schema, target), target);
    }

    @Override
    public void write(IndexedRecord record, ByteArrayOutputStream out) throws IOException {
      ByteArrayOutputStream ours = new ByteArrayOutputStream(512);
      own.write(record, ours);
      Object resolved =
          resolver.read(null, DecoderFactory.get().binaryDecoder(ours.toByteArray(), null));
      encode(new GenericDatumWriter<>(target), resolved, out);
    }
  }
}
