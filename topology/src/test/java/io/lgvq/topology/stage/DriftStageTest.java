package io.lgvq.topology.stage;

import static io.lgvq.topology.rig.Events.tokens;
import static io.lgvq.topology.rig.SmallModel.CODEBOOK;
import static io.lgvq.topology.rig.SmallModel.FOREIGN;
import static io.lgvq.topology.rig.StageDriver.SENT;
import static io.lgvq.topology.rig.StageDriver.SERDES;
import static io.lgvq.topology.rig.StageDriver.SETTINGS;
import static io.lgvq.topology.rig.StageDriver.TOPICS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import io.lgvq.operators.rollout.LoadedBundle;
import io.lgvq.operators.rollout.Rollout;
import io.lgvq.schemas.event.CodebookDrift;
import io.lgvq.schemas.event.ImageTokens;
import io.lgvq.topology.config.DriftSettings;
import io.lgvq.topology.rig.HeardListener;
import io.lgvq.topology.rig.OrdinaryCodes;
import io.lgvq.topology.rig.StageDriver;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.Test;

class DriftStageTest {

  private static final Duration WINDOW = Duration.ofSeconds(10);
  private static final DriftSettings DRIFT = new DriftSettings(WINDOW, 32, 0.25);

  private final OrdinaryCodes ordinary = new OrdinaryCodes();
  private final HeardListener heard = new HeardListener();

  @Test
  void shouldWriteAllFieldsOfWindow() {
    try (var driver = driver()) {
      see(driver, 64, 0);
      driver.pass(WINDOW);

      TestRecord<String, CodebookDrift> record = read(driver).get(0);
      assertThat(record.key()).isEqualTo("lgvq.tokens-0");
      assertThat(record.getRecordTime()).isEqualTo(SENT.plus(WINDOW));
      CodebookDrift drift = record.value();
      assertThat(drift.getTopic()).isEqualTo(TOPICS.tokens());
      assertThat(drift.getPartition()).isZero();
      assertThat(drift.getWindowStart()).isEqualTo(SENT);
      assertThat(drift.getWindowEnd()).isEqualTo(SENT.plus(WINDOW));
      assertThat(drift.getImages()).isEqualTo(64);
      assertThat(drift.getUsage()).isBetween(0.3, 0.5);
      assertThat(drift.getPerplexity()).isCloseTo(drift.getExpectedPerplexity(), within(10.0));
      assertThat(drift.getQuantizationError()).isEqualTo(0.25);
      assertThat(drift.getQuantizationErrorShift()).isCloseTo(0, within(0.2));
      assertThat(drift.getRareShare()).isZero();
      assertThat(drift.getExpectedRareShare()).isZero();
      assertThat(drift.getRareBelow()).isEqualTo(0.25 / 256);
      assertThat(drift.getDivergence()).isCloseTo(0, within(0.05));
      assertThat(drift.getModelName()).isEqualTo("lgvq-test");
      assertThat(drift.getModelVersion()).isEqualTo("1.0.0");
      assertThat(drift.getCodebookDigest()).isEqualTo(CODEBOOK.digest());
      assertThat(heard.lines()).contains("drift closed a window of 64 in 0");
    }
    assertThat(heard.lines()).last().isEqualTo("drift watches 0 no longer");
  }

  @Test
  void shouldTellImagesOfAnotherKind() {
    try (var driver = driver()) {
      see(driver, 64, OrdinaryCodes.COUNT);
      driver.pass(WINDOW);

      CodebookDrift drift = read(driver).get(0).value();
      assertThat(drift.getDivergence()).isGreaterThan(0.8);
      assertThat(drift.getRareShare()).isEqualTo(1);
    }
  }

  @Test
  void shouldKeepWindowOpenUntilItHasImagesEnough() {
    try (var driver = driver()) {
      see(driver, 31, 0);
      driver.pass(WINDOW.multipliedBy(3));
      assertThat(read(driver)).isEmpty();

      see(driver, 1, 0);
      driver.pass(Duration.ofSeconds(1));
      assertThat(read(driver))
          .singleElement()
          .satisfies(record -> assertThat(record.value().getImages()).isEqualTo(32));
    }
  }

  @Test
  void shouldCloseWindowNotBeforeItsTimeAndCountNoImageTwice() {
    try (var driver = driver()) {
      see(driver, 100, 0);
      driver.pass(WINDOW.minusSeconds(1));
      assertThat(read(driver)).isEmpty();

      driver.pass(Duration.ofSeconds(1));
      see(driver, 40, 0);
      driver.pass(WINDOW);
      driver.pass(WINDOW);
      assertThat(read(driver))
          .extracting(record -> record.value().getImages())
          .containsExactly(100L, 40L);
    }
  }

  @Test
  void shouldSendTokensThatItCannotCountToTheDeadLetters() {
    try (var driver = driver()) {
      see(driver, 32, 0);
      send(driver, tokens("foreign", FOREIGN, 1, 2, 3, 4));
      ImageTokens without = tokens("without", CODEBOOK, 1, 2, 3, 4);
      without.setQuantizationError(Float.NaN);
      send(driver, without);
      driver.pass(WINDOW);

      assertThat(driver.deadReasons()).containsExactly("tokens-foreign-codebook", "tokens-invalid");
      assertThat(read(driver))
          .extracting(record -> record.value().getImages())
          .containsExactly(32L);
      assertThat(heard.lines()).contains("drift dead-lettered tokens-invalid");
    }
  }

  @Test
  void shouldKeepTheWindowsOfTwoCodebooksApartWhileOneIsRolledOut() {
    Rollout rollout = Rollout.watching(CODEBOOK, ordinary.reference(CODEBOOK));
    rollout.load(
        FOREIGN,
        () -> new LoadedBundle(FOREIGN, "", Map.of(), Optional.of(ordinary.reference(FOREIGN))));
    try (var driver = driver(rollout)) {
      for (int i = 0; i < 96; i++) {
        send(driver, tokens("image-" + i, i % 3 == 0 ? FOREIGN : CODEBOOK, ordinary.next(0)));
      }
      driver.pass(WINDOW);

      assertThat(read(driver))
          .extracting(
              record -> record.value().getCodebookDigest(), record -> record.value().getImages())
          .containsExactlyInAnyOrder(tuple(CODEBOOK.digest(), 64L), tuple(FOREIGN.digest(), 32L));
    }
  }

  @Test
  void shouldForgetTheWindowOfARetiredBundle() {
    Rollout rollout = Rollout.watching(FOREIGN, ordinary.reference(FOREIGN));
    rollout.load(
        CODEBOOK,
        () -> new LoadedBundle(CODEBOOK, "", Map.of(), Optional.of(ordinary.reference(CODEBOOK))));
    try (var driver = driver(rollout)) {
      see(driver, 64, 0);
      rollout.retire();
      driver.pass(WINDOW);

      assertThat(read(driver)).isEmpty();
    }
  }

  @Test
  void shouldSayWhenACodebookIsWatchedNoLonger() {
    Rollout rollout = Rollout.watching(FOREIGN, ordinary.reference(FOREIGN));
    rollout.load(
        CODEBOOK,
        () -> new LoadedBundle(CODEBOOK, "", Map.of(), Optional.of(ordinary.reference(CODEBOOK))));
    try (var driver = driver(rollout)) {
      see(driver, 64, 0);
      driver.pass(WINDOW);
      rollout.retire();
      for (int i = 0; i < 64; i++) {
        send(driver, tokens("new-" + i, FOREIGN, ordinary.next(0)));
      }
      driver.pass(WINDOW);

      assertThat(heard.lines())
          .filteredOn(line -> line.contains("forgets"))
          .containsExactly("drift forgets " + CODEBOOK.digest() + " in 0");
    }
  }

  @Test
  void shouldRefuseReferenceOfAnotherCodebook() {
    assertThatThrownBy(() -> Rollout.watching(FOREIGN, ordinary.reference(CODEBOOK)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("a reference of codebook");
  }

  private StageDriver driver() {
    return driver(Rollout.watching(CODEBOOK, ordinary.reference(CODEBOOK)));
  }

  private StageDriver driver(Rollout rollout) {
    return new StageDriver(new DriftStage(SETTINGS, DRIFT, SERDES, heard, rollout));
  }

  /** Sends so many images, whose codes are moved by so much. */
  private void see(StageDriver driver, int images, int by) {
    for (int i = 0; i < images; i++) {
      send(driver, tokens("image-" + i, CODEBOOK, ordinary.next(by)));
    }
  }

  private static void send(StageDriver driver, ImageTokens tokens) {
    driver.send(TOPICS.tokens(), tokens.getImageId(), tokens, SERDES.tokens());
  }

  private static List<TestRecord<String, CodebookDrift>> read(StageDriver driver) {
    return driver.read(TOPICS.drift(), SERDES.drift());
  }
}
