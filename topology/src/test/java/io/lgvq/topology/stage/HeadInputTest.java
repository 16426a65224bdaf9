package io.lgvq.topology.stage;

import static io.lgvq.topology.rig.Events.question;
import static io.lgvq.topology.rig.Events.tokens;
import static io.lgvq.topology.rig.SmallModel.CODEBOOK;
import static io.lgvq.topology.rig.SmallModel.FOREIGN;
import static io.lgvq.topology.rig.StageDriver.SERDES;
import static io.lgvq.topology.rig.StageDriver.SETTINGS;
import static io.lgvq.topology.rig.StageDriver.TOPICS;
import static io.lgvq.topology.rig.StageDriver.header;
import static io.lgvq.topology.rig.StageDriver.utf8;
import static org.assertj.core.api.Assertions.assertThat;

import io.lgvq.schemas.event.ImageTokens;
import io.lgvq.topology.config.AnswerSettings;
import io.lgvq.topology.deadletter.DeadLetters;
import io.lgvq.topology.rig.HeardListener;
import io.lgvq.topology.rig.SmallModel.PureAnswerer;
import io.lgvq.topology.rig.SmallModel.PureCaptioner;
import io.lgvq.topology.rig.SmallModel.PureReconstructor;
import io.lgvq.topology.rig.StageDriver;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What every head does with records of the topic of tokens that it cannot use. */
class HeadInputTest {

  /** The stages that read tokens. */
  enum Head {
    CAPTION(TOPICS.captions()),
    ANSWER(TOPICS.answers()),
    RECONSTRUCT(TOPICS.reconstructions());

    private final String output;

    Head(String output) {
      this.output = output;
    }

    private Stage stage(HeardListener listener) {
      return switch (this) {
        case CAPTION -> new CaptionStage(SETTINGS, SERDES, listener, new PureCaptioner());
        case ANSWER ->
            new AnswerStage(
                SETTINGS, AnswerSettings.standard(), SERDES, listener, new PureAnswerer(CODEBOOK));
        case RECONSTRUCT ->
            new ReconstructStage(SETTINGS, SERDES, listener, new PureReconstructor());
      };
    }
  }

  private final HeardListener listener = new HeardListener();

  @ParameterizedTest
  @EnumSource
  void shouldRefuseTokensOfForeignCodebook(Head head) {
    assertRefused(
        head,
        driver -> see(driver, tokens("foreign", FOREIGN, 1, 1, 1, 1)),
        "tokens-foreign-codebook");
  }

  @ParameterizedTest
  @EnumSource
  void shouldRefuseImpossibleCodesAndGrids(Head head) {
    assertRefused(
        head,
        driver -> {
          see(driver, tokens("short", CODEBOOK, 1, 1, 1));
          see(driver, tokens("long", CODEBOOK, 1, 1, 1, 1, 1));
          see(driver, tokens("above", CODEBOOK, 1, 1, 1, 256));
          see(driver, tokens("below", CODEBOOK, 1, 1, 1, -1));
          see(driver, flat());
        },
        "tokens-invalid",
        "tokens-invalid",
        "tokens-invalid",
        "tokens-invalid",
        "tokens-invalid");
  }

  @ParameterizedTest
  @EnumSource
  void shouldRefuseRecordsWithoutKeyOrValueOrOfAnotherKey(Head head) {
    byte[] good = bytes(tokens("good", CODEBOOK, 1, 1, 1, 1));
    assertRefused(
        head,
        driver -> {
          driver.sendBytes(TOPICS.tokens(), null, good);
          driver.sendBytes(TOPICS.tokens(), utf8("null"), null);
          driver.sendBytes(TOPICS.tokens(), utf8("other"), good);
        },
        "null-key",
        "null-value",
        "key-mismatch");
  }

  @ParameterizedTest
  @EnumSource
  void shouldRefuseBytesThatAreNoTokens(Head head) {
    byte[] good = bytes(tokens("good", CODEBOOK, 1, 1, 1, 1));
    byte[] question =
        SERDES.questions().serializer().serialize(TOPICS.tokens(), question("q", "a", "what?"));
    assertRefused(
        head,
        driver -> {
          driver.sendBytes(TOPICS.tokens(), utf8("garbage"), utf8("{\"json\": true}"));
          driver.sendBytes(TOPICS.tokens(), utf8("unknown"), new byte[] {0, 0, 0, 0, 77, 1, 2, 3});
          driver.sendBytes(TOPICS.tokens(), utf8("a"), question);
          driver.sendBytes(TOPICS.tokens(), utf8("cut"), Arrays.copyOf(good, good.length - 3));
        },
        "value-foreign-format",
        "value-unknown-schema",
        "value-foreign-schema",
        "value-unreadable");
  }

  /** Sends bad records between two good ones: the good ones come through, each bad one is told. */
  private void assertRefused(Head head, Consumer<StageDriver> bad, String... reasons) {
    Stage stage = head.stage(listener);
    try (var driver = new StageDriver(stage)) {
      good(stage, driver, "first");
      bad.accept(driver);
      good(stage, driver, "last");
      driver.linger();

      assertThat(outputs(driver, head.output)).containsExactly("first", "last");
      List<TestRecord<byte[], byte[]>> letters = driver.deadLetters();
      assertThat(letters)
          .extracting(letter -> header(letter, DeadLetters.REASON))
          .containsExactly(reasons);
      assertThat(letters)
          .extracting(letter -> header(letter, DeadLetters.STAGE))
          .containsOnly(stage.name());
      assertThat(letters)
          .extracting(letter -> header(letter, DeadLetters.TOPIC))
          .containsOnly(TOPICS.tokens());
      assertThat(listener.lines().stream().filter(line -> line.contains("dead-lettered")))
          .containsExactly(
              Arrays.stream(reasons)
                  .map(reason -> stage.name() + " dead-lettered " + reason)
                  .toArray(String[]::new));
    }
  }

  /** An image's tokens, and a question about it for whoever reads questions. */
  private static void good(Stage stage, StageDriver driver, String id) {
    see(driver, tokens(id, CODEBOOK, 1, 1, 1, 1));
    if (stage.inputs().contains(TOPICS.questions())) {
      driver.send(TOPICS.questions(), id, question("q-" + id, id, "what?"), SERDES.questions());
    }
  }

  private static List<String> outputs(StageDriver driver, String topic) {
    return driver.read(topic, Serdes.ByteArray()).stream().map(TestRecord::key).toList();
  }

  private static ImageTokens flat() {
    ImageTokens tokens = tokens("flat", CODEBOOK);
    tokens.setHeight(0);
    return tokens;
  }

  private static byte[] bytes(ImageTokens tokens) {
    return SERDES.tokens().serializer().serialize(TOPICS.tokens(), tokens);
  }

  private static void see(StageDriver driver, ImageTokens tokens) {
    driver.send(TOPICS.tokens(), tokens.getImageId(), tokens, SERDES.tokens());
  }
}
