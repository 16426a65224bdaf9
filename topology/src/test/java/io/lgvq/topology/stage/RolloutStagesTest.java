package io.lgvq.topology.stage;

import static io.lgvq.topology.rig.Events.greys;
import static io.lgvq.topology.rig.Events.question;
import static io.lgvq.topology.rig.Events.tokens;
import static io.lgvq.topology.rig.SmallModel.CODEBOOK;
import static io.lgvq.topology.rig.SmallModel.FOREIGN;
import static io.lgvq.topology.rig.StageDriver.SERDES;
import static io.lgvq.topology.rig.StageDriver.SETTINGS;
import static io.lgvq.topology.rig.StageDriver.TOPICS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.lgvq.operators.codebook.Codebook;
import io.lgvq.operators.image.Fit;
import io.lgvq.operators.rollout.KeyShare;
import io.lgvq.operators.rollout.Rollout;
import io.lgvq.operators.rollout.ShadowReport;
import io.lgvq.schemas.event.Answer;
import io.lgvq.schemas.event.AnswerStatus;
import io.lgvq.schemas.event.Caption;
import io.lgvq.schemas.event.ImageTokens;
import io.lgvq.topology.claimcheck.ClaimCheck;
import io.lgvq.topology.claimcheck.ClaimCheckSettings;
import io.lgvq.topology.config.AnswerSettings;
import io.lgvq.topology.observe.StageListener;
import io.lgvq.topology.rig.SmallBundle;
import io.lgvq.topology.rig.StageDriver;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.Test;

/** What the stages do while a new bundle is rolled out. */
class RolloutStagesTest {

  private static final AnswerSettings ANSWERS = AnswerSettings.standard();

  private final SmallBundle old = new SmallBundle(CODEBOOK);
  private final SmallBundle fresh = new SmallBundle(FOREIGN);
  private final Rollout rollout = new Rollout(old.loaded());

  @Test
  void shouldDivideEachBatchByTheHashOfItsKeys() {
    rollout.load(FOREIGN, fresh::loaded);
    rollout.percentage(0.5);
    try (var driver = new StageDriver(tokenize())) {
      List<String> ids = IntStream.range(0, 20).mapToObj(i -> "image-" + i).toList();
      ids.forEach(id -> send(driver, id));
      driver.linger();

      Map<String, String> digests =
          tokensOf(driver).stream()
              .collect(Collectors.toMap(TestRecord::key, record -> digest(record.value())));
      assertThat(digests).containsOnlyKeys(ids);
      assertThat(digests)
          .allSatisfy(
              (id, digest) ->
                  assertThat(digest)
                      .isEqualTo(KeyShare.of(id) < 0.5 ? FOREIGN.digest() : CODEBOOK.digest()));
      assertThat(digests.values()).contains(FOREIGN.digest(), CODEBOOK.digest());
    }
  }

  @Test
  void shouldPublishTheOldAloneInShadowAndMeasureTheNew() {
    rollout.load(FOREIGN, fresh::loaded);
    rollout.shadow(1);
    try (var driver = new StageDriver(tokenize())) {
      IntStream.range(0, 8).forEach(i -> send(driver, "image-" + i));
      driver.linger();

      assertThat(tokensOf(driver))
          .hasSize(8)
          .allSatisfy(record -> assertThat(digest(record.value())).isEqualTo(CODEBOOK.digest()));
      ShadowReport report = rollout.status().shadow().orElseThrow();
      assertThat(report.batches()).isEqualTo(2);
      assertThat(report.beside().images()).isEqualTo(8);
      assertThat(report.equalCodes()).isEmpty();
    }
  }

  @Test
  void shouldLoseNothingWhenTheNewBundleFailsInShadow() {
    rollout.load(FOREIGN, fresh::loaded);
    rollout.shadow(1);
    fresh.tokenizer.fail(1_000);
    try (var driver = new StageDriver(tokenize())) {
      IntStream.range(0, 4).forEach(i -> send(driver, "image-" + i));
      driver.linger();

      assertThat(tokensOf(driver)).hasSize(4);
      assertThat(driver.deadReasons()).isEmpty();
      assertThat(rollout.status().shadow().orElseThrow().failures()).isEqualTo(1);
    }
  }

  @Test
  void shouldDrawPendingImagesAnewForABundleWhosePicturesAreOthers() {
    SmallBundle padded = new SmallBundle(FOREIGN, Fit.STRETCH);
    try (var driver = new StageDriver(tokenize())) {
      send(driver, "bus");
      rollout.load(FOREIGN, padded::loaded);
      rollout.switchOver();
      driver.linger();

      assertThat(tokensOf(driver))
          .singleElement()
          .satisfies(record -> assertThat(digest(record.value())).isEqualTo(FOREIGN.digest()));
    }
  }

  @Test
  void shouldCaptionTokensWithTheHeadOfTheirOwnCodebook() {
    rollout.load(FOREIGN, fresh::loaded);
    try (var driver = new StageDriver(captions())) {
      see(driver, "old", CODEBOOK);
      see(driver, "new", FOREIGN);
      see(driver, "stranger", new Codebook("other", "1", "c3".repeat(32), 256));
      driver.linger();

      assertThat(driver.read(TOPICS.captions(), SERDES.captions()).stream().map(TestRecord::value))
          .extracting(Caption::getImageId, Caption::getModelVersion, Caption::getCodebookDigest)
          .containsExactlyInAnyOrder(
              tuple("old", "1.0.0", CODEBOOK.digest()), tuple("new", "2.0.0", FOREIGN.digest()));
      assertThat(driver.deadReasons()).containsExactly("tokens-foreign-codebook");
    }
  }

  @Test
  void shouldSayWhyTokensArePastTheirBundleThatWasRetiredWhileTheyWerePending() {
    rollout.load(FOREIGN, fresh::loaded);
    try (var driver = new StageDriver(captions())) {
      see(driver, "old", CODEBOOK);
      see(driver, "new", FOREIGN);
      rollout.switchOver();
      rollout.retire();
      driver.linger();

      assertThat(driver.read(TOPICS.captions(), SERDES.captions()))
          .extracting(TestRecord::key)
          .containsExactly("new");
      assertThat(driver.deadReasons()).containsExactly("tokens-foreign-codebook");
    }
  }

  @Test
  void shouldAnswerFromKeptTokensWithTheHeadOfTheirCodebookUntilItIsRetired() {
    try (var driver = new StageDriver(answer())) {
      see(driver, "bus", CODEBOOK);
      rollout.load(FOREIGN, fresh::loaded);
      rollout.switchOver();
      see(driver, "tram", FOREIGN);
      ask(driver, "q1", "bus");
      ask(driver, "q2", "tram");
      driver.linger();
      assertThat(answers(driver))
          .extracting(Answer::getQuestionId, Answer::getCodebookDigest)
          .containsExactlyInAnyOrder(tuple("q1", CODEBOOK.digest()), tuple("q2", FOREIGN.digest()));

      rollout.retire();
      ask(driver, "q3", "bus");
      ask(driver, "q4", "tram");
      driver.linger();
      assertThat(answers(driver)).extracting(Answer::getQuestionId).containsExactly("q4");
      driver.pass(ANSWERS.questionWait().plusSeconds(2));
      driver.linger();
      assertThat(answers(driver))
          .singleElement()
          .satisfies(
              late -> {
                assertThat(late.getQuestionId()).isEqualTo("q3");
                assertThat(late.getStatus()).isEqualTo(AnswerStatus.UNKNOWN_IMAGE);
              });
    }
  }

  @Test
  void shouldAnswerQuestionsOnceTheirImageIsTokenizedAnew() {
    try (var driver = new StageDriver(answer())) {
      see(driver, "bus", CODEBOOK);
      rollout.load(FOREIGN, fresh::loaded);
      rollout.switchOver();
      rollout.retire();
      ask(driver, "q1", "bus");
      driver.pass(Duration.ofSeconds(10));
      assertThat(answers(driver)).isEmpty();

      see(driver, "bus", FOREIGN);
      driver.linger();

      assertThat(answers(driver))
          .singleElement()
          .satisfies(late -> assertThat(late.getStatus()).isEqualTo(AnswerStatus.ANSWERED));
    }
  }

  private Stage tokenize() {
    var claimCheck = new ClaimCheck(ClaimCheckSettings.off());
    return new TokenizeStage(SETTINGS, SERDES, StageListener.none(), claimCheck, rollout);
  }

  private Stage captions() {
    return new CaptionStage(SETTINGS, SERDES, StageListener.none(), rollout);
  }

  private Stage answer() {
    return new AnswerStage(SETTINGS, ANSWERS, SERDES, StageListener.none(), rollout);
  }

  private static void send(StageDriver driver, String id) {
    driver.send(TOPICS.images(), id, greys(id, 1, 2, 3, 4), SERDES.images());
  }

  private static void see(StageDriver driver, String id, Codebook codebook) {
    driver.send(TOPICS.tokens(), id, tokens(id, codebook, 1, 2, 3, 4), SERDES.tokens());
  }

  private static void ask(StageDriver driver, String questionId, String id) {
    driver.send(
        TOPICS.questions(), id, question(questionId, id, "what is it?"), SERDES.questions());
  }

  private static List<TestRecord<String, ImageTokens>> tokensOf(StageDriver driver) {
    return driver.read(TOPICS.tokens(), SERDES.tokens());
  }

  private static List<Answer> answers(StageDriver driver) {
    return driver.read(TOPICS.answers(), SERDES.answers()).stream().map(TestRecord::value).toList();
  }

  private static String digest(ImageTokens tokens) {
    return tokens.getCodebook().getDigest();
  }
}
