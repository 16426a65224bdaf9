package io.lgvq.topology.stage;

import static io.lgvq.topology.rig.Events.greys;
import static io.lgvq.topology.rig.Events.image;
import static io.lgvq.topology.rig.StageDriver.SENT;
import static io.lgvq.topology.rig.StageDriver.SERDES;
import static io.lgvq.topology.rig.StageDriver.SETTINGS;
import static io.lgvq.topology.rig.StageDriver.TOPICS;
import static io.lgvq.topology.rig.StageDriver.header;
import static io.lgvq.topology.rig.StageDriver.utf8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lgvq.operators.OperatorException;
import io.lgvq.schemas.event.ImageEvent;
import io.lgvq.schemas.event.ImageReference;
import io.lgvq.schemas.event.ImageTokens;
import io.lgvq.schemas.problem.RegistryUnavailableException;
import io.lgvq.schemas.registry.SchemaRegistry;
import io.lgvq.topology.claimcheck.ClaimCheck;
import io.lgvq.topology.claimcheck.ClaimCheckSettings;
import io.lgvq.topology.deadletter.DeadLetters;
import io.lgvq.topology.event.EventSerdes;
import io.lgvq.topology.rig.Events;
import io.lgvq.topology.rig.GreyDecoder;
import io.lgvq.topology.rig.HeardListener;
import io.lgvq.topology.rig.SmallModel;
import io.lgvq.topology.rig.SmallModel.PureTokenizer;
import io.lgvq.topology.rig.StageDriver;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TokenizeStageTest {

  private final PureTokenizer tokenizer = new PureTokenizer();
  private final HeardListener listener = new HeardListener();
  private final StageDriver driver =
      new StageDriver(
          new TokenizeStage(
              SETTINGS,
              SERDES,
              listener,
              new ClaimCheck(ClaimCheckSettings.off()),
              new GreyDecoder(),
              tokenizer));

  @AfterEach
  void close() {
    driver.close();
  }

  @Test
  void shouldWriteAllFieldsOfTokens() {
    send(greys("cat", 1, 2, 3, 255));
    driver.linger();

    ImageTokens tokens = tokens().get(0).value();
    assertThat(tokens.getImageId()).isEqualTo("cat");
    assertThat(tokens.getCodes()).containsExactly(1, 2, 3, 255);
    assertThat(List.of(tokens.getHeight(), tokens.getWidth(), tokens.getDepth()))
        .containsExactly(2, 2, 1);
    assertThat(tokens.getCodebook().getDigest()).isEqualTo(SmallModel.CODEBOOK.digest());
    assertThat(tokens.getCodebook().getSize()).isEqualTo(256);
    assertThat(tokens.getQuantizationError()).isEqualTo(0.25f);
    assertThat(tokens.getCapturedAt()).isEqualTo(Events.CAPTURED);
    assertThat(tokens.getTokenizedAt()).isAfterOrEqualTo(SENT.plusMillis(20));
  }

  @Test
  void shouldKeepKeyTimestampAndHeadersOfEachRecord() {
    send(greys("cat", 1, 1, 1, 1));
    send(greys("dog", 2, 2, 2, 2));
    driver.linger();

    List<TestRecord<String, ImageTokens>> tokens = tokens();
    assertThat(tokens).extracting(TestRecord::key).containsExactly("cat", "dog");
    assertThat(tokens).extracting(TestRecord::getRecordTime).containsExactly(SENT, SENT);
    assertThat(tokens)
        .extracting(record -> header(record, "traceparent"))
        .containsExactly("cat", "dog");
  }

  @Test
  void shouldDrainFullBatchAtOnceAndTheRestAfterLinger() {
    for (int i = 0; i < 6; i++) {
      send(greys("image-" + i, i, i, i, i));
    }
    assertThat(tokens()).hasSize(4);

    driver.linger();

    assertThat(tokens()).extracting(TestRecord::key).containsExactly("image-4", "image-5");
    assertThat(tokenizer.batches()).containsExactly(4, 2);
    assertThat(listener.lines()).contains("tokenize drained 2 after 30 ms");
  }

  @Test
  void shouldSendUnreadableImagesToDeadLettersAndTheGoodOnesOn() {
    send(greys("first", 1, 1, 1, 1));
    send(image("empty", new byte[0]));
    send(image("corrupt", new byte[3]));
    send(greys("last", 2, 2, 2, 2));
    driver.linger();

    assertThat(tokens()).extracting(TestRecord::key).containsExactly("first", "last");
    assertThat(driver.deadReasons()).containsExactly("image-empty", "image-corrupt");
    assertThat(listener.lines().stream().filter(line -> line.contains("dead-lettered")))
        .containsExactly(
            "tokenize dead-lettered image-empty", "tokenize dead-lettered image-corrupt");
    assertThat(tokenizer.batches()).containsExactly(2);
  }

  @Test
  void shouldKeepBytesTimeAndHeadersOfDeadLetterAndSayWhy() {
    Instant begun = Instant.now();
    byte[] garbage = {0, 0, 0, 0, 77, 1, 2, 3};
    send(greys("good", 1, 1, 1, 1));
    driver.sendBytes(TOPICS.images(), utf8("bad"), garbage);

    TestRecord<byte[], byte[]> letter = driver.deadLetters().get(0);
    assertThat(letter.key()).isEqualTo(utf8("bad"));
    assertThat(letter.value()).isEqualTo(garbage);
    assertThat(letter.getRecordTime()).isEqualTo(SENT);
    assertThat(header(letter, "traceparent")).isEqualTo("bad");
    assertThat(header(letter, DeadLetters.REASON)).isEqualTo("value-unknown-schema");
    assertThat(header(letter, DeadLetters.STAGE)).isEqualTo("tokenize");
    assertThat(Instant.parse(header(letter, DeadLetters.TIME))).isAfter(begun.minusMillis(1));
    assertThat(header(letter, DeadLetters.DETAIL)).contains("77");
    assertThat(header(letter, DeadLetters.MESSAGE)).isEqualTo(header(letter, DeadLetters.DETAIL));
    assertThat(header(letter, DeadLetters.TOPIC)).isEqualTo(TOPICS.images());
    assertThat(header(letter, DeadLetters.PARTITION)).isEqualTo("0");
    assertThat(header(letter, DeadLetters.OFFSET)).isEqualTo("1");
    assertThat(header(letter, DeadLetters.EXCEPTION)).endsWith("UnreadableRecordException");
    assertThat(header(letter, DeadLetters.STACKTRACE)).contains("at io.lgvq");
  }

  @Test
  void shouldSayWhyOfEachKindOfUnreadableRecord() {
    byte[] good = SERDES.images().serializer().serialize(TOPICS.images(), greys("a", 1, 1, 1, 1));
    byte[] cut = Arrays.copyOf(good, good.length - 3);
    byte[] question =
        SERDES
            .questions()
            .serializer()
            .serialize(TOPICS.images(), Events.question("q", "a", "what?"));
    driver.sendBytes(TOPICS.images(), null, good);
    driver.sendBytes(TOPICS.images(), utf8("a"), null);
    driver.sendBytes(TOPICS.images(), utf8("b"), good);
    driver.sendBytes(TOPICS.images(), utf8("a"), utf8("{\"json\": true}"));
    driver.sendBytes(TOPICS.images(), utf8("a"), new byte[0]);
    driver.sendBytes(TOPICS.images(), utf8("a"), cut);
    driver.sendBytes(TOPICS.images(), utf8("a"), question);
    driver.sendBytes(TOPICS.images(), utf8("a"), good);
    driver.linger();

    assertThat(tokens()).extracting(TestRecord::key).containsExactly("a");
    assertThat(driver.deadReasons())
        .containsExactly(
            "null-key",
            "null-value",
            "key-mismatch",
            "value-foreign-format",
            "value-foreign-format",
            "value-unreadable",
            "value-foreign-schema");
  }

  @Test
  void shouldKeepNullOfDeadLetterWithoutValue() {
    driver.sendBytes(TOPICS.images(), utf8("gone"), null);

    assertThat(driver.deadLetters().get(0).value()).isNull();
  }

  @Test
  void shouldRefuseReferencesUnlessTheyAreAllowed() {
    var reference = new ImageReference("http://127.0.0.1:1/cat.jpg", "00".repeat(32), 4L);
    send(ImageEvent.newBuilder().setImageId("cat").setContent(reference).build());

    assertThat(driver.deadReasons()).containsExactly("reference-not-allowed");
  }

  @Test
  void shouldFailOneRefusedRecordOfBatchAlone() {
    tokenizer.refuse(picture -> picture.rgb()[0] == 66);
    send(greys("first", 1, 1, 1, 1));
    send(greys("culprit", 66, 1, 1, 1));
    send(greys("third", 3, 3, 3, 3));
    send(greys("fourth", 4, 4, 4, 4));

    assertThat(tokens()).extracting(TestRecord::key).containsExactly("first", "third", "fourth");
    assertThat(driver.deadReasons()).containsExactly("image-refused");
  }

  @Test
  void shouldTryFailedEngineAgain() {
    tokenizer.fail(1);
    send(greys("cat", 1, 1, 1, 1));
    driver.linger();

    assertThat(tokens()).hasSize(1);
    assertThat(listener.lines()).contains("tokenize retries after 1");
  }

  @Test
  void shouldStopLoudlyWhenEngineKeepsFailing() {
    tokenizer.fail(2);
    send(greys("cat", 1, 1, 1, 1));

    assertThatThrownBy(driver::linger)
        .hasRootCauseMessage("test")
        .hasStackTraceContaining("the engine failed 2 times; the stage stops")
        .hasStackTraceContaining(OperatorException.class.getName());
    assertThat(tokens()).isEmpty();
    assertThat(driver.deadLetters()).isEmpty();
  }

  @Test
  void shouldStopLoudlyWhenRegistryIsUnreachable() {
    Map<String, String> nowhere =
        Map.of("schema.registry.url", "http://127.0.0.1:1", "max.retries", "0");
    var unreachable = EventSerdes.avro(SchemaRegistry.connect(nowhere), nowhere);
    var stage =
        new TokenizeStage(
            SETTINGS,
            unreachable,
            listener,
            new ClaimCheck(ClaimCheckSettings.off()),
            new GreyDecoder(),
            tokenizer);
    try (var stopping = new StageDriver(stage)) {
      ImageEvent cat = greys("cat", 1, 1, 1, 1);

      assertThatThrownBy(() -> stopping.send(TOPICS.images(), "cat", cat, SERDES.images()))
          .hasStackTraceContaining(RegistryUnavailableException.class.getName());
      assertThat(stopping.deadLetters()).isEmpty();
    }
  }

  private void send(ImageEvent image) {
    driver.send(TOPICS.images(), image.getImageId(), image, SERDES.images());
  }

  private List<TestRecord<String, ImageTokens>> tokens() {
    return driver.read(TOPICS.tokens(), SERDES.tokens());
  }
}
