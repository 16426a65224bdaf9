package io.lgvq.schemas.serde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lgvq.schemas.Examples;
import io.lgvq.schemas.RealRegistry;
import io.lgvq.schemas.event.Caption;
import io.lgvq.schemas.event.ImageTokens;
import io.lgvq.schemas.event.Question;
import io.lgvq.schemas.problem.SchemaConfigurationException;
import io.lgvq.schemas.problem.SchemaException;
import io.lgvq.schemas.problem.SchemaRefusedException;
import io.lgvq.schemas.problem.UnreadableRecordException;
import io.lgvq.schemas.problem.UnwritableRecordException;
import io.lgvq.schemas.registry.Compatibility;
import io.lgvq.schemas.registry.SchemaRegistry;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.assertj.core.util.Throwables;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The serdes on the real registry. */
class AvroSerdeTest {

  private final String topic = RealRegistry.freshTopic();
  private final Map<String, Object> configuration = new HashMap<>();

  @BeforeEach
  void configure() {
    configuration.put("schema.registry.url", RealRegistry.url());
  }

  static Iterable<SpecificRecord> examples() {
    return Examples.all();
  }

  @ParameterizedTest
  @MethodSource("examples")
  void shouldReadBackWhatItWrote(SpecificRecord record) {
    configuration.put("specific.avro.reader", true);

    assertThat(reading().deserialize(topic, write(record))).isEqualTo(record);
  }

  @Test
  void shouldWriteConfluentsPrefixWithAnIdThatTheRegistryKnows() {
    byte[] bytes = write(Examples.question());

    assertThat(bytes[0]).isZero();
    Schema registered = registry().schema(ByteBuffer.wrap(bytes).getInt(1)).orElseThrow();
    assertThat(registered.getFullName()).isEqualTo("io.lgvq.schemas.event.Question");
    assertThat(registered.toString()).doesNotContain("avro.java.string");
  }

  @Test
  void shouldTakeNullForNull() {
    AvroSerde<Question> serde = serde(Question.class);

    assertThat(serde.serializer().serialize(topic, null)).isNull();
    assertThat(serde.deserializer().deserialize(topic, null)).isNull();
  }

  @Test
  void shouldReadIntoGenericRecordsUnlessToldOtherwise() {
    IndexedRecord record = reading().deserialize(topic, write(Examples.question()));

    assertThat(record).isInstanceOf(GenericRecord.class);
    assertThat(((GenericRecord) record).get("text")).hasToString("what colour is the bus?");
  }

  @Test
  void shouldReadIntoTheClassThatTheConfigurationNames() {
    configuration.put("specific.avro.value.type", Question.class.getName());

    assertThat(reading().deserialize(topic, write(Examples.question())))
        .isEqualTo(Examples.question());
  }

  @Test
  void shouldFillFieldsThatAnOlderWriterDidNotKnow() {
    Schema older = question("questionId", "imageId");
    configuration.put("auto.register.schemas", true);
    GenericRecord record = new GenericData.Record(older);
    record.put("questionId", "q-7");
    record.put("imageId", "bus-1");
    byte[] bytes = write(record);

    Schema newer =
        new Schema.Parser()
            .parse(
                """
                {"type": "record", "name": "Question", "namespace": "io.lgvq.schemas.event", "fields": [
                  {"name": "questionId", "type": "string"},
                  {"name": "language", "type": "string", "default": "en"}]}\
                """);
    GenericRecord read = readAs(newer, bytes, older);
    assertThat(read.get("language")).hasToString("en");
    assertThat(read.get("questionId")).hasToString("q-7");
  }

  @Test
  void shouldSkipFieldsThatANewerWriterAdded() {
    GenericRecord record =
        new GenericData.Record(question("questionId", "language", "imageId", "text"));
    record.put("questionId", "q-8");
    record.put("language", "de");
    record.put("imageId", "bus-1");
    record.put("text", "wie viele?");

    assertThat(serde(Question.class).deserializer().deserialize(topic, write(record)))
        .isEqualTo(new Question("q-8", "bus-1", "wie viele?"));
  }

  @Test
  void shouldSayThatARecordOfAnotherTypeIsForeign() {
    byte[] caption = write(Examples.caption());

    assertUnreadable(
        () -> serde(ImageTokens.class).deserializer().deserialize(topic, caption),
        UnreadableRecordException.Reason.FOREIGN_SCHEMA,
        "Caption");
  }

  @Test
  void shouldSayThatASchemaIdIsUnknown() {
    byte[] bytes = write(Examples.caption());
    ByteBuffer.wrap(bytes).putInt(1, 987_654);

    assertUnreadable(
        () -> reading().deserialize(topic, bytes),
        UnreadableRecordException.Reason.UNKNOWN_SCHEMA_ID,
        "987654");
  }

  @Test
  void shouldSayThatTheMagicByteIsForeign() {
    byte[] json = "{\"text\": \"hello\"}".getBytes(StandardCharsets.UTF_8);

    assertUnreadable(
        () -> reading().deserialize(topic, json),
        UnreadableRecordException.Reason.FOREIGN_MAGIC_BYTE,
        "0x7b");
  }

  @Test
  void shouldSayThatARecordIsTooShort() {
    assertUnreadable(
        () -> reading().deserialize(topic, new byte[0]),
        UnreadableRecordException.Reason.TOO_SHORT,
        "0 bytes");
    assertUnreadable(
        () -> reading().deserialize(topic, new byte[4]),
        UnreadableRecordException.Reason.TOO_SHORT,
        "4 bytes");
  }

  @Test
  void shouldSayThatBytesAreCutOrLeftOver() {
    byte[] bytes = write(Examples.caption());

    assertUnreadable(
        () -> reading().deserialize(topic, Arrays.copyOf(bytes, bytes.length - 3)),
        UnreadableRecordException.Reason.GARBAGE,
        "Caption");
    assertUnreadable(
        () -> reading().deserialize(topic, Arrays.copyOf(bytes, bytes.length + 3)),
        UnreadableRecordException.Reason.GARBAGE,
        "3 bytes are left over");
  }

  @Test
  void shouldNameTheHeaderWhenTheSchemaIdTravelsThere() {
    Headers headers = new RecordHeaders().add("__value_schema_id", new byte[17]);

    assertUnreadable(
        () -> reading().deserialize(topic, headers, new byte[] {6, 1, 2, 3, 4, 5}),
        UnreadableRecordException.Reason.SCHEMA_ID_IN_HEADER,
        "__value_schema_id");
  }

  @Test
  void shouldDropASchemaIdHeaderThatBelongsToAnotherRecord() {
    Headers headers =
        new RecordHeaders().add("__value_schema_id", new byte[17]).add("traceparent", new byte[1]);
    AvroSerde<Question> serde = serde(Question.class);

    serde.serializer().serialize(topic, headers, Examples.question());

    assertThat(headers).extracting("key").containsExactly("traceparent");
  }

  @Test
  void shouldRefuseASchemaThatBreaksTheSubjectsRule() {
    registry().compatibility(topic + "-value", Compatibility.BACKWARD);
    write(Examples.question());

    assertRefused(
        () -> write(record(question("questionId", "mood"))),
        SchemaRefusedException.Reason.INCOMPATIBLE,
        "409");
  }

  @Test
  void shouldNotRegisterWhenAutoRegistrationIsOff() {
    configuration.put("auto.register.schemas", "false");

    assertRefused(
        () -> write(Examples.question()),
        SchemaRefusedException.Reason.NOT_REGISTERED,
        topic + "-value");
    assertThat(registry().latest(topic + "-value")).isEmpty();
  }

  @Test
  void shouldFindARegisteredSchemaWhenAutoRegistrationIsOff() {
    byte[] first = write(Examples.question());
    configuration.put("auto.register.schemas", "false");

    assertThat(write(Examples.question())).isEqualTo(first);
  }

  @Test
  void shouldWriteWithTheLatestVersion() {
    Schema latest = question("questionId", "imageId", "text", "language");
    int id = registry().register(topic + "-value", latest, false);
    configuration.put("use.latest.version", true);

    byte[] bytes = write(Examples.question());

    assertThat(ByteBuffer.wrap(bytes).getInt(1)).isEqualTo(id);
    assertThat(((GenericRecord) reading().deserialize(topic, bytes)).get("language"))
        .hasToString("none");
  }

  @Test
  void shouldWriteWithTheLatestVersionWhateverTheOrderOfItsFields() {
    registry().register(topic + "-value", question("text", "imageId", "questionId"), false);
    configuration.put("use.latest.version", true);

    assertThat(serde(Question.class).deserializer().deserialize(topic, write(Examples.question())))
        .isEqualTo(Examples.question());
  }

  @Test
  void shouldRefuseALatestVersionThatCannotTakeTheRecord() {
    registry()
        .register(
            topic + "-value",
            SchemaBuilder.record("io.lgvq.schemas.event.Question")
                .fields()
                .requiredLong("shelf")
                .endRecord(),
            false);
    configuration.put("use.latest.version", true);

    assertRefused(
        () -> write(Examples.question()),
        SchemaRefusedException.Reason.INCOMPATIBLE,
        topic + "-value");
  }

  @Test
  void shouldSayThatThereIsNoLatestVersion() {
    configuration.put("use.latest.version", true);

    assertRefused(
        () -> write(Examples.question()), SchemaRefusedException.Reason.NOT_REGISTERED, topic);
  }

  @Test
  void shouldNameSubjectsAsTheStrategySays() {
    configuration.put(
        "value.subject.name.strategy",
        "io.confluent.kafka.serializers.subject.TopicRecordNameStrategy");
    write(Examples.question());
    assertThat(registry().latest(topic + "-io.lgvq.schemas.event.Question")).isPresent();

    configuration.put("value.subject.name.strategy", "RecordNameStrategy");
    write(Examples.question());
    assertThat(registry().latest("io.lgvq.schemas.event.Question")).isPresent();
  }

  @Test
  void shouldNameTheSubjectOfKeysByItself() {
    AvroSerializer<IndexedRecord> keys = new AvroSerializer<>();
    keys.configure(configuration, true);

    keys.serialize(topic, Examples.question());

    assertThat(registry().latest(topic + "-key")).isPresent();
    assertThat(registry().latest(topic + "-value")).isEmpty();
  }

  @Test
  void shouldMakeNoNewVersionOfADifferentLayoutWhenNormalizing() {
    registry().register(topic + "-value", schema("{\"type\":\"string\"}"), false);
    configuration.put("normalize.schemas", true);

    write(record(schema("\"string\"")));

    assertThat(registry().latest(topic + "-value").orElseThrow().version()).isEqualTo(1);
  }

  @Test
  void shouldSayThatARecordLacksARequiredField() {
    assertThatThrownBy(() -> write(new Caption()))
        .isInstanceOf(UnwritableRecordException.class)
        .hasMessageContaining("Caption");
  }

  @Test
  void shouldNotRepeatTheContentOfARecordThatItCannotWrite() {
    GenericRecord wrong = new GenericData.Record(schema("[\"null\", \"int\"]"));
    wrong.put("f", "the man in the red coat");

    assertThatThrownBy(() -> write(wrong))
        .isInstanceOf(UnwritableRecordException.class)
        .satisfies(
            thrown ->
                assertThat(Throwables.getStackTrace(thrown))
                    .contains("does not keep its schema", "RecordWriter")
                    .doesNotContain("red coat"));
  }

  @Test
  void shouldRefuseToWorkUnconfigured() {
    assertThatThrownBy(() -> new AvroSerializer<>().serialize(topic, Examples.question()))
        .isInstanceOf(SchemaConfigurationException.class);
    assertThatThrownBy(() -> new AvroDeserializer<>().deserialize(topic, new byte[9]))
        .isInstanceOf(SchemaConfigurationException.class);
  }

  private static Schema schema(String type) {
    return new Schema.Parser()
        .parse(
            "{\"type\":\"record\",\"name\":\"Note\",\"fields\":[{\"name\":\"f\",\"type\":%s}]}"
                .formatted(type));
  }

  /** A Question with these fields, all strings; what ours does not have gets a default. */
  private static Schema question(String... fields) {
    var assembler = SchemaBuilder.record("io.lgvq.schemas.event.Question").fields();
    for (String field : fields) {
      assembler =
          field.equals("language")
              ? assembler.name(field).type().stringType().stringDefault("none")
              : assembler.requiredString(field);
    }
    return assembler.endRecord();
  }

  private static GenericRecord record(Schema schema) {
    GenericRecord record = new GenericData.Record(schema);
    schema.getFields().forEach(field -> record.put(field.name(), "x"));
    return record;
  }

  private static GenericRecord readAs(Schema reader, byte[] bytes, Schema writer) {
    try {
      return new org.apache.avro.generic.GenericDatumReader<GenericRecord>(writer, reader)
          .read(
              null, new BoundedDecoder(bytes, WireFormat.PREFIX, bytes.length - WireFormat.PREFIX));
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private SchemaRegistry registry() {
    return SchemaRegistry.connect(configuration);
  }

  private byte[] write(IndexedRecord record) {
    AvroSerializer<IndexedRecord> serializer = new AvroSerializer<>();
    serializer.configure(configuration, false);
    return serializer.serialize(topic, record);
  }

  private AvroDeserializer<IndexedRecord> reading() {
    AvroDeserializer<IndexedRecord> deserializer = new AvroDeserializer<>();
    deserializer.configure(configuration, false);
    return deserializer;
  }

  private <T extends IndexedRecord> AvroSerde<T> serde(Class<T> type) {
    return AvroSerde.forValues(type, registry(), configuration);
  }

  private static void assertUnreadable(
      org.assertj.core.api.ThrowableAssert.ThrowingCallable call,
      UnreadableRecordException.Reason reason,
      String message) {
    assertThatThrownBy(call)
        .isInstanceOf(SchemaException.class)
        .isInstanceOfSatisfying(
            UnreadableRecordException.class, e -> assertThat(e.reason()).isEqualTo(reason))
        .hasMessageContaining(message);
  }

  private static void assertRefused(
      org.assertj.core.api.ThrowableAssert.ThrowingCallable call,
      SchemaRefusedException.Reason reason,
      String message) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            SchemaRefusedException.class, e -> assertThat(e.reason()).isEqualTo(reason))
        .hasMessageContaining(message);
  }
}
