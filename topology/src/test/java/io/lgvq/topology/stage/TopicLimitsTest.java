package io.lgvq.topology.stage;

import static io.lgvq.topology.rig.StageDriver.SERDES;
import static io.lgvq.topology.rig.StageDriver.SETTINGS;
import static io.lgvq.topology.rig.StageDriver.TOPICS;
import static org.assertj.core.api.Assertions.assertThat;

import io.lgvq.topology.config.AnswerSettings;
import io.lgvq.topology.config.DeadLetterSettings;
import io.lgvq.topology.config.RecordLimits;
import io.lgvq.topology.observe.StageListener;
import io.lgvq.topology.rig.SmallModel;
import io.lgvq.topology.rig.SmallModel.PureAnswerer;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TopicLimitsTest {

  private final Stage stage =
      new AnswerStage(
          SETTINGS,
          AnswerSettings.standard(),
          SERDES,
          StageListener.none(),
          new PureAnswerer(SmallModel.CODEBOOK));

  @Test
  void shouldTakeLargestInputAndItsDeadLetters() {
    assertThat(limits(1_000, 2_000, 3_000).of(stage, 7)).isEqualTo(new RecordLimits(2_000, 3_000));
  }

  @Test
  void shouldTakeWhatIsConfiguredWhereBrokerDoesNotTell() {
    assertThat(new TopicLimits(Map.of()).of(stage, 5_000)).isEqualTo(RecordLimits.of(5_000));
    assertThat(new TopicLimits(Map.of()).problems(stage)).isEmpty();
  }

  @Test
  void shouldAcceptDeadLettersThatTakeWhatInputsTake() {
    assertThat(limits(1_000, 2_000, 2_000).problems(stage)).isEmpty();
  }

  @Test
  void shouldSayWhichDeadLettersAreTooSmallForWhichInput() {
    assertThat(limits(1_000, 2_000, 1_999).problems(stage))
        .containsExactly(
            "Topic 'lgvq.dead-letters' takes records of 1999 bytes, which is less than the 2000 of"
                + " topic 'lgvq.tokens', whose bad records it is for; raise its max.message.bytes"
                + " to 67536.");
  }

  @Test
  void shouldAcceptSmallDeadLettersWhereLongValuesAreLeftOut() {
    var upTo100 = new DeadLetterSettings(100);

    assertThat(limits(1_000, 1 << 20, 100 + 64 * 1024).problems(stage, upTo100)).isEmpty();
    assertThat(limits(1_000, 1 << 20, 64 * 1024).problems(stage, upTo100))
        .singleElement()
        .asString()
        .endsWith("raise its max.message.bytes to 65636.");
  }

  private static TopicLimits limits(int questions, int tokens, int deadLetters) {
    return new TopicLimits(
        Map.of(
            TOPICS.questions(),
            questions,
            TOPICS.tokens(),
            tokens,
            TOPICS.deadLetters(),
            deadLetters));
  }
}
