package io.lgvq.topology.stage;

import static io.lgvq.topology.rig.Events.question;
import static io.lgvq.topology.rig.Events.tokens;
import static io.lgvq.topology.rig.SmallModel.CODEBOOK;
import static io.lgvq.topology.rig.SmallModel.FOREIGN;
import static io.lgvq.topology.rig.StageDriver.SENT;
import static io.lgvq.topology.rig.StageDriver.SERDES;
import static io.lgvq.topology.rig.StageDriver.SETTINGS;
import static io.lgvq.topology.rig.StageDriver.TOPICS;
import static io.lgvq.topology.rig.StageDriver.header;
import static io.lgvq.topology.rig.StageDriver.utf8;
import static org.assertj.core.api.Assertions.assertThat;

import io.lgvq.schemas.event.Answer;
import io.lgvq.schemas.event.AnswerStatus;
import io.lgvq.schemas.event.ImageTokens;
import io.lgvq.schemas.event.Question;
import io.lgvq.topology.config.AnswerSettings;
import io.lgvq.topology.rig.HeardListener;
import io.lgvq.topology.rig.SmallModel.PureAnswerer;
import io.lgvq.topology.rig.StageDriver;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AnswerStageTest {

  private static final Duration WAIT = Duration.ofMinutes(5);
  private static final Duration RETENTION = Duration.ofDays(1);

  private final PureAnswerer answerer = new PureAnswerer(CODEBOOK);
  private final HeardListener listener = new HeardListener();
  private final StageDriver driver =
      new StageDriver(
          new AnswerStage(
              SETTINGS, new AnswerSettings(RETENTION, WAIT, 1_000), SERDES, listener, answerer));

  @AfterEach
  void close() {
    driver.close();
  }

  @Test
  void shouldWriteAllFieldsOfAnswer() {
    see("bus", 1, 2, 3, 4);
    ask("q1", "bus", "what colour is the bus?");
    driver.linger();

    Answer answer = answers().get(0).value();
    assertThat(answer.getQuestionId()).isEqualTo("q1");
    assertThat(answer.getImageId()).isEqualTo("bus");
    assertThat(answer.getQuestion()).isEqualTo("what colour is the bus?");
    assertThat(answer.getStatus()).isEqualTo(AnswerStatus.ANSWERED);
    assertThat(answer.getText()).isEqualTo("codes [1, 2, 3, 4]");
    assertThat(answer.getProbability()).isEqualTo(0.75f);
    assertThat(answer.getAlternatives().get(0).getText()).isEqualTo("no");
    assertThat(answer.getAlternatives().get(0).getProbability()).isEqualTo(0.125f);
    assertThat(answer.getModelName()).isEqualTo("lgvq-test");
    assertThat(answer.getModelVersion()).isEqualTo("1.0.0");
    assertThat(answer.getCodebookDigest()).isEqualTo(CODEBOOK.digest());
    assertThat(answer.getAnsweredAt()).isAfter(SENT);
  }

  @Test
  void shouldSayWhenItIsUnsure() {
    see("bus", 1, 2, 3, 4);
    ask("q1", "bus", "is it??");
    driver.linger();

    assertThat(statuses()).containsExactly(AnswerStatus.UNSURE);
  }

  @Test
  void shouldAnswerQuestionThatCameBeforeItsImage() {
    ask("q1", "bus", "what colour is the bus?");
    driver.pass(WAIT.minusSeconds(1));
    assertThat(answers()).isEmpty();

    see("bus", 1, 2, 3, 4);
    driver.linger();

    assertThat(statuses()).containsExactly(AnswerStatus.ANSWERED);
    assertThat(listener.lines()).noneMatch(line -> line.contains("knows no image"));
  }

  @Test
  void shouldAnswerEachOfSeveralQuestionsThatWaitForOneImage() {
    ask("q1", "bus", "what colour is the bus?");
    ask("q2", "bus", "what is left of the bus?");
    ask("q3", "tram", "is there a tram?");
    ask("q2", "bus", "what is left of the bus?");
    see("bus", 1, 2, 3, 4);
    driver.linger();

    assertThat(answers())
        .extracting(record -> record.value().getQuestionId())
        .containsExactly("q1", "q2", "q2");
  }

  @Test
  void shouldAnswerQuestionThatCameLongAfterItsImage() {
    see("bus", 1, 2, 3, 4);
    driver.pass(RETENTION.minusSeconds(1));
    ask("q1", "bus", "what colour is the bus?");
    driver.linger();

    assertThat(statuses()).containsExactly(AnswerStatus.ANSWERED);
  }

  @Test
  void shouldForgetImageAfterRetention() {
    see("bus", 1, 2, 3, 4);
    driver.pass(RETENTION);
    ask("q1", "bus", "what colour is the bus?");
    driver.pass(WAIT);
    driver.linger();

    assertThat(statuses()).containsExactly(AnswerStatus.UNKNOWN_IMAGE);
  }

  @Test
  void shouldAnswerFromLatestTokensOfImage() {
    see("bus", 1, 2, 3, 4);
    driver.pass(Duration.ofSeconds(1));
    see("bus", 9, 9, 9, 9);
    ask("q1", "bus", "what colour is the bus?");
    driver.linger();

    assertThat(answers().get(0).value().getText()).isEqualTo("codes [9, 9, 9, 9]");
  }

  @Test
  void shouldSayThatImageIsUnknownWhenItNeverCame() {
    ask("q1", "ghost", "what is it?");
    driver.pass(WAIT);
    driver.linger();

    TestRecord<String, Answer> record = answers().get(0);
    assertThat(record.key()).isEqualTo("ghost");
    assertThat(record.getRecordTime()).isEqualTo(SENT);
    assertThat(header(record, "traceparent")).isEqualTo("ghost");
    assertThat(record.value().getStatus()).isEqualTo(AnswerStatus.UNKNOWN_IMAGE);
    assertThat(record.value().getText()).isEmpty();
    assertThat(record.value().getProbability()).isZero();
    assertThat(record.value().getAlternatives()).isEmpty();
    assertThat(record.value().getCodebookDigest()).isNull();
    assertThat(listener.lines()).contains("answer knows no image");
    assertThat(answerer.batches()).isEmpty();
  }

  @Test
  void shouldAnswerOnceEvenIfImageComesAfterTheWait() {
    ask("q1", "late", "what is it?");
    driver.pass(WAIT);
    see("late", 1, 2, 3, 4);
    driver.pass(WAIT.multipliedBy(2));

    assertThat(statuses()).containsExactly(AnswerStatus.UNKNOWN_IMAGE);
  }

  @Test
  void shouldKeepTimestampAndHeadersOfQuestionThatWaited() {
    ask("q1", "bus", "what colour is the bus?");
    driver.sendBytes(
        TOPICS.tokens(),
        utf8("bus"),
        SERDES
            .tokens()
            .serializer()
            .serialize(TOPICS.tokens(), tokens("bus", CODEBOOK, 1, 2, 3, 4)));
    driver.linger();

    TestRecord<String, Answer> record = answers().get(0);
    assertThat(record.getRecordTime()).isEqualTo(SENT);
    assertThat(header(record, "traceparent")).isEqualTo("bus");
  }

  @Test
  void shouldNotAnswerFromTokensOfForeignCodebook() {
    ask("q1", "bus", "what colour is the bus?");
    see(tokens("bus", FOREIGN, 7, 7, 7, 7));
    driver.linger();
    assertThat(answers()).isEmpty();
    assertThat(driver.deadReasons()).containsExactly("tokens-foreign-codebook");

    see("bus", 1, 2, 3, 4);
    driver.linger();

    assertThat(answers().get(0).value().getText()).isEqualTo("codes [1, 2, 3, 4]");
  }

  @Test
  void shouldSendBadQuestionsToDeadLettersAndAnswerTheGoodOnes() {
    see("bus", 1, 2, 3, 4);
    ask("q1", "bus", "");
    ask("q2", "bus", " \n\t ");
    ask("q3", "bus", "x".repeat(10_000));
    ask("q4", "bus", "x".repeat(1_000));
    driver.sendBytes(TOPICS.questions(), null, utf8("?"));
    driver.sendBytes(TOPICS.questions(), utf8("bus"), null);
    driver.sendBytes(TOPICS.questions(), utf8("bus"), new byte[] {0, 0, 0, 0, 77, 1, 2, 3});
    driver.sendBytes(TOPICS.questions(), utf8("bus"), utf8("what colour is the bus?"));
    driver.send(TOPICS.questions(), "tram", question("q5", "bus", "why?"), SERDES.questions());
    driver.linger();

    assertThat(answers())
        .extracting(record -> record.value().getQuestionId())
        .containsExactly("q4");
    assertThat(driver.deadReasons())
        .containsExactly(
            "question-empty",
            "question-empty",
            "question-too-long",
            "null-key",
            "null-value",
            "value-unknown-schema",
            "value-foreign-format",
            "key-mismatch");
    assertThat(listener.lines().stream().filter(line -> line.contains("dead-lettered")))
        .hasSize(8)
        .startsWith("answer dead-lettered question-empty")
        .contains("answer dead-lettered value-unknown-schema")
        .endsWith("answer dead-lettered key-mismatch");
  }

  @Test
  void shouldSendOnlyTheQuestionToDeadLettersWhoseTokensTheModelRefuses() {
    answerer.refuse(request -> request.tokens().codes()[0] == 66);
    see("odd", 66, 2, 3, 4);
    see("bus", 1, 2, 3, 4);
    ask("q1", "bus", "what colour is the bus?");
    ask("q2", "odd", "what is it?");
    ask("q3", "bus", "what is left of it?");
    driver.linger();

    assertThat(answers())
        .extracting(record -> record.value().getQuestionId())
        .containsExactly("q1", "q3");
    List<TestRecord<byte[], byte[]>> letters = driver.deadLetters();
    assertThat(letters).hasSize(1);
    assertThat(header(letters.get(0), "__streams.errors.topic")).isEqualTo(TOPICS.questions());
    assertThat(header(letters.get(0), "lgvq.error.reason")).isEqualTo("tokens-invalid");
  }

  @Test
  void shouldMixKnownAndUnknownImagesInOneBatch() {
    ask("q1", "ghost", "what is it?");
    driver.pass(WAIT.minusMillis(5));
    see("bus", 1, 2, 3, 4);
    ask("q2", "bus", "what colour is the bus?");
    driver.pass(Duration.ofSeconds(1));
    driver.linger();

    assertThat(answers())
        .extracting(record -> record.value().getStatus())
        .containsExactlyInAnyOrder(AnswerStatus.UNKNOWN_IMAGE, AnswerStatus.ANSWERED);
    assertThat(answerer.batches()).containsExactly(1);
  }

  private void see(String image, Integer... codes) {
    see(tokens(image, CODEBOOK, codes));
  }

  private void see(ImageTokens tokens) {
    driver.send(TOPICS.tokens(), tokens.getImageId(), tokens, SERDES.tokens());
  }

  private void ask(String id, String image, String text) {
    Question question = question(id, image, text);
    driver.send(TOPICS.questions(), image, question, SERDES.questions());
  }

  private List<AnswerStatus> statuses() {
    return answers().stream().map(record -> record.value().getStatus()).toList();
  }

  private List<TestRecord<String, Answer>> answers() {
    return driver.read(TOPICS.answers(), SERDES.answers());
  }
}
