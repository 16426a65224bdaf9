package io.lgvq.schemas.serde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import io.lgvq.schemas.Examples;
import io.lgvq.schemas.event.ImageEvent;
import io.lgvq.schemas.event.ImageTokens;
import io.lgvq.schemas.problem.UnreadableRecordException;
import io.lgvq.schemas.problem.UnreadableRecordException.Reason;
import io.lgvq.schemas.registry.InMemorySchemaRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Bytes that lie: whatever they hold, the outcome is a record or the one typed exception, and
 * memory stays in proportion to the record.
 */
class HostileRecordTest {

  private static final String TOPIC = "feed";
  private static final int ROUNDS = 4_000;

  /** Room for resolvers, exceptions with stack traces and messages; far below what a bomb takes. */
  private static final long FIXED_COST = 4 << 20;

  private final InMemorySchemaRegistry registry = new InMemorySchemaRegistry();
  private final AvroSerializer<IndexedRecord> serializer = new AvroSerializer<>(registry);

  HostileRecordTest() {
    serializer.configure(Map.of(), false);
  }

  static List<SpecificRecord> examples() {
    return Examples.all();
  }

  @ParameterizedTest
  @MethodSource("examples")
  void shouldReadOrRefuseMutatedRecords(SpecificRecord example) {
    byte[] good = serializer.serialize(TOPIC, example);
    AvroDeserializer<SpecificRecord> deserializer = reading(example);
    Random random = new Random(20261122);
    Set<Reason> seen = EnumSet.noneOf(Reason.class);

    for (int round = 0; round < ROUNDS; round++) {
      outcome(deserializer, mutate(good, random), seen);
    }

    assertThat(seen).contains(Reason.GARBAGE, Reason.FOREIGN_MAGIC_BYTE, Reason.UNKNOWN_SCHEMA_ID);
    assertThat(deserializer.deserialize(TOPIC, good)).isEqualTo(example);
  }

  @ParameterizedTest
  @MethodSource("examples")
  void shouldReadOrRefuseRandomBytesBehindAGoodPrefix(SpecificRecord example) {
    byte[] good = serializer.serialize(TOPIC, example);
    AvroDeserializer<SpecificRecord> deserializer = reading(example);
    Random random = new Random(42);
    Set<Reason> seen = EnumSet.noneOf(Reason.class);

    for (int round = 0; round < ROUNDS; round++) {
      byte[] bytes = new byte[WireFormat.PREFIX + random.nextInt(300)];
      random.nextBytes(bytes);
      System.arraycopy(good, 0, bytes, 0, WireFormat.PREFIX);
      outcome(deserializer, bytes, seen);
    }

    assertThat(seen).containsExactly(Reason.GARBAGE);
  }

  @ParameterizedTest
  @ValueSource(longs = {1_000, 1L << 20, Integer.MAX_VALUE - 8, 1L << 40, Long.MAX_VALUE, -1})
  void shouldNotAllocateWhatALengthClaims(long claimed) throws IOException {
    ImageTokens tokens = Examples.tokens();
    byte[] array = serializer.serialize(TOPIC, tokens);
    int start = indexOfCodes(array);
    assertBounded(reading(tokens), replaceCount(array, start, claimed));

    ImageEvent image = Examples.image();
    byte[] string = serializer.serialize(TOPIC, image);
    assertBounded(reading(image), replaceCount(string, WireFormat.PREFIX, claimed));
    int content = WireFormat.PREFIX + 1 + "bus-1".length();
    assertBounded(reading(image), replaceCount(string, content + 1, claimed));
  }

  @Test
  void shouldNotBelieveThatNullsWithoutBytesFillTheMemory() throws IOException {
    Schema schema =
        SchemaBuilder.record("Nothing")
            .fields()
            .name("rows")
            .type()
            .array()
            .items()
            .array()
            .items()
            .nullType()
            .noDefault()
            .endRecord();
    int id = registry.register("nothing", schema, false);
    ByteArrayOutputStream out = prefix(id);
    BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(out, null);
    encoder.writeLong(1_000);
    for (int row = 0; row < 1_000; row++) {
      encoder.writeLong(60_000);
      encoder.writeLong(0);
    }
    encoder.writeLong(0);

    assertBounded(generic(), out.toByteArray());
  }

  @Test
  void shouldReadAnHonestArrayOfNulls() throws IOException {
    Schema schema =
        SchemaBuilder.record("Few")
            .fields()
            .name("nulls")
            .type()
            .array()
            .items()
            .nullType()
            .noDefault()
            .endRecord();
    GenericRecord record = new GenericData.Record(schema);
    record.put("nulls", new ArrayList<>(Arrays.asList(null, null, null)));

    byte[] bytes = serializer.serialize(TOPIC, record);

    assertThat(generic().deserialize(TOPIC, bytes)).isEqualTo(record);
  }

  @Test
  void shouldSurviveARecordNestedDeeperThanTheStack() throws IOException {
    Schema schema =
        new Schema.Parser()
            .parse(
                """
                {"type": "record", "name": "Doll", "fields": [
                  {"name": "inside", "type": ["null", "Doll"]}]}""");
    int id = registry.register("dolls", schema, false);
    ByteArrayOutputStream out = prefix(id);
    byte[] dolls = new byte[1_000_000];
    Arrays.fill(dolls, (byte) 2);
    out.write(dolls);

    assertThatThrownBy(() -> generic().deserialize(TOPIC, out.toByteArray()))
        .isInstanceOf(UnreadableRecordException.class);
  }

  /** Reads, and fails on anything but a record, the typed exception, or too much memory. */
  private static void outcome(
      AvroDeserializer<? extends IndexedRecord> deserializer, byte[] bytes, Set<Reason> seen) {
    long before = allocated();
    try {
      assertThat(deserializer.deserialize(TOPIC, bytes)).isNotNull();
    } catch (UnreadableRecordException e) {
      seen.add(e.reason());
    }
    assertThat(allocated() - before).isLessThan(FIXED_COST + 100L * bytes.length);
  }

  private static void assertBounded(
      AvroDeserializer<? extends IndexedRecord> deserializer, byte[] bytes) {
    Set<Reason> seen = EnumSet.noneOf(Reason.class);
    outcome(deserializer, bytes, seen);
    assertThat(seen).containsExactly(Reason.GARBAGE);
  }

  private static long allocated() {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    return threads.getThreadAllocatedBytes(Thread.currentThread().getId());
  }

  /** One of the things that happen to bytes: flipped, cut, doubled, overwritten, cut out. */
  private static byte[] mutate(byte[] good, Random random) {
    byte[] bytes = good.clone();
    int at = random.nextInt(bytes.length);
    switch (random.nextInt(5)) {
      case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
      case 1 -> bytes = Arrays.copyOf(bytes, at);
      case 2 -> bytes = Arrays.copyOf(bytes, bytes.length + 1 + at);
      case 3 -> {
        for (int i = at; i < Math.min(bytes.length, at + 1 + random.nextInt(12)); i++) {
          bytes[i] = (byte) random.nextInt(256);
        }
      }
      default -> {
        bytes = Arrays.copyOf(bytes, bytes.length - 1);
        System.arraycopy(good, at + 1, bytes, at, good.length - at - 1);
      }
    }
    if (random.nextInt(20) == 0 && bytes.length > 0) {
      bytes[random.nextInt(Math.min(bytes.length, WireFormat.PREFIX))] = (byte) random.nextInt(256);
    }
    return bytes;
  }

  /** Where the item count 256 of the codes begins: the two bytes 0x80 0x04. */
  private static int indexOfCodes(byte[] bytes) {
    for (int i = WireFormat.PREFIX; i < bytes.length - 1; i++) {
      if (bytes[i] == (byte) 0x80 && bytes[i + 1] == 4 && bytes[i + 2] == 0) {
        return i;
      }
    }
    throw new AssertionError("no count of 256 codes");
  }

  /** The record with the number at {@code index} replaced by {@code claimed}. */
  private static byte[] replaceCount(byte[] bytes, int index, long claimed) throws IOException {
    int end = index;
    while (bytes[end] < 0) {
      end++;
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(bytes, 0, index);
    EncoderFactory.get().directBinaryEncoder(out, null).writeLong(claimed);
    out.write(bytes, end + 1, bytes.length - end - 1);
    return out.toByteArray();
  }

  private static ByteArrayOutputStream prefix(int id) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(ByteBuffer.allocate(WireFormat.PREFIX).putInt(1, id).array());
    return out;
  }

  @SuppressWarnings("unchecked") // the class of a SpecificRecord is one of SpecificRecords
  private AvroDeserializer<SpecificRecord> reading(SpecificRecord example) {
    assertThat(SpecificData.get().getClass(example.getSchema())).isEqualTo(example.getClass());
    AvroDeserializer<SpecificRecord> deserializer =
        new AvroDeserializer<>((Class<SpecificRecord>) example.getClass(), registry);
    deserializer.configure(Map.of(), false);
    return deserializer;
  }

  private AvroDeserializer<IndexedRecord> generic() {
    AvroDeserializer<IndexedRecord> deserializer = new AvroDeserializer<>(registry);
    deserializer.configure(Map.of(), false);
    return deserializer;
  }
}
