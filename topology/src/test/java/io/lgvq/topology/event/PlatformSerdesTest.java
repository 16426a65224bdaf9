package io.lgvq.topology.event;

import static io.lgvq.topology.rig.Events.greys;
import static io.lgvq.topology.rig.Events.question;
import static io.lgvq.topology.rig.StageDriver.SETTINGS;
import static io.lgvq.topology.rig.StageDriver.TOPICS;
import static io.lgvq.topology.rig.StageDriver.utf8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lgvq.topology.claimcheck.ClaimCheck;
import io.lgvq.topology.claimcheck.ClaimCheckSettings;
import io.lgvq.topology.deadletter.DeadLetters;
import io.lgvq.topology.observe.StageListener;
import io.lgvq.topology.rig.GreyDecoder;
import io.lgvq.topology.rig.SmallModel.PureTokenizer;
import io.lgvq.topology.rig.StageDriver;
import io.lgvq.topology.stage.TokenizeStage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.Test;

class PlatformSerdesTest {

  private static final EventSerdes SERDES =
      EventSerdes.of(
          NamingSerializer.class, NamingDeserializer.class, Map.of("schema.registry.url", "none"));

  @Test
  void shouldRunStageOnSerdesOfThePlatform() {
    try (var driver = driver()) {
      driver.send(TOPICS.images(), "cat", greys("cat", 1, 2, 3, 4), SERDES.images());
      driver.linger();

      TestRecord<String, ?> tokens = driver.read(TOPICS.tokens(), SERDES.tokens()).get(0);
      assertThat(tokens.key()).isEqualTo("cat");
      assertThat(tokens.value()).hasFieldOrPropertyWithValue("imageId", "cat");
    }
  }

  @Test
  void shouldTakeWhatThePlatformCannotReadForBadRecordsAndGoOn() {
    byte[] question =
        SERDES.questions().serializer().serialize(TOPICS.images(), question("q", "cat", "what?"));
    try (var driver = driver()) {
      driver.sendBytes(TOPICS.images(), utf8("cat"), question);
      driver.sendBytes(TOPICS.images(), utf8("cat"), utf8("\0garbage"));
      driver.send(TOPICS.images(), "cat", greys("cat", 1, 2, 3, 4), SERDES.images());
      driver.linger();

      assertThat(driver.deadReasons()).containsExactly("value-foreign-schema", "value-unreadable");
      assertThat(driver.read(TOPICS.tokens(), SERDES.tokens())).hasSize(1);
    }
  }

  @Test
  void shouldNotQuoteTheRecordInTheDetailWhereThePlatformsExceptionDoes() {
    try (StageDriver driver = driver()) {
      driver.sendBytes(TOPICS.images(), utf8("cat"), utf8("the man in the red coat\0"));

      assertThat(StageDriver.header(driver.deadLetters().get(0), DeadLetters.DETAIL))
          .isEqualTo("the value's deserializer refused it with SerializationException");
    }
  }

  @Test
  void shouldSayWhichClassIsNoSerializer() {
    assertThatThrownBy(() -> EventSerdes.of(String.class, NamingDeserializer.class, Map.of()))
        .isInstanceOf(KafkaException.class)
        .hasMessage("java.lang.String is no Serializer of Kafka");
    assertThatThrownBy(() -> EventSerdes.of(NamingSerializer.class, Integer.class, Map.of()))
        .hasMessage("java.lang.Integer is no Deserializer of Kafka");
  }

  private static StageDriver driver() {
    return new StageDriver(
        new TokenizeStage(
            SETTINGS,
            SERDES,
            StageListener.none(),
            new ClaimCheck(ClaimCheckSettings.off()),
            new GreyDecoder(),
            new PureTokenizer()));
  }

  /** A platform's own format: the class's name, a zero byte, and Avro's binary. */
  public static final class NamingSerializer implements Serializer<SpecificRecord> {
    @Override
    public byte[] serialize(String topic, SpecificRecord record) {
      var out = new ByteArrayOutputStream();
      out.writeBytes(utf8(record.getClass().getName() + "\0"));
      try {
        var encoder = EncoderFactory.get().directBinaryEncoder(out, null);
        new SpecificDatumWriter<SpecificRecord>(
                record.getSchema(), SpecificData.getForClass(record.getClass()))
            .write(record, encoder);
      } catch (IOException e) {
        throw new SerializationException(e);
      }
      return out.toByteArray();
    }
  }

  /** Reads into the class that the bytes name, as Confluent's does, whatever was wanted. */
  public static final class NamingDeserializer implements Deserializer<Object> {
    @Override
    public void configure(Map<String, ?> configuration, boolean isKey) {
      assertThat(configuration.get("specific.avro.reader")).isEqualTo(true);
      assertThat((String) configuration.get("specific.avro.value.type"))
          .startsWith("io.lgvq.schemas.event.");
    }

    @Override
    public Object deserialize(String topic, byte[] bytes) {
      int end = StandardCharsets.ISO_8859_1.decode(ByteBuffer.wrap(bytes)).toString().indexOf(0);
      String name = new String(bytes, 0, end, StandardCharsets.UTF_8);
      try {
        Class<?> type = Class.forName(name);
        return new SpecificDatumReader<>(type)
            .read(
                null,
                DecoderFactory.get().binaryDecoder(bytes, end + 1, bytes.length - end - 1, null));
      } catch (ReflectiveOperationException | IOException e) {
        throw new SerializationException("no record of a class of ours: " + name);
      }
    }
  }
}
