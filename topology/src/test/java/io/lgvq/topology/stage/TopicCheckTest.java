package io.lgvq.topology.stage;

import static io.lgvq.topology.rig.StageDriver.SERDES;
import static io.lgvq.topology.rig.StageDriver.SETTINGS;
import static io.lgvq.topology.rig.StageDriver.TOPICS;
import static org.assertj.core.api.Assertions.assertThat;

import io.lgvq.topology.config.AnswerSettings;
import io.lgvq.topology.observe.StageListener;
import io.lgvq.topology.rig.SmallModel;
import io.lgvq.topology.rig.SmallModel.PureAnswerer;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TopicCheckTest {

  private final Stage stage =
      new AnswerStage(
          SETTINGS,
          AnswerSettings.standard(),
          SERDES,
          StageListener.none(),
          new PureAnswerer(SmallModel.CODEBOOK));

  @Test
  void shouldAcceptInputsOfEqualPartitionCounts() {
    assertThat(TopicCheck.problems(stage, partitions(4, 4))).isEmpty();
  }

  @Test
  void shouldSayWhichInputsAreNotCopartitioned() {
    assertThat(TopicCheck.problems(stage, partitions(4, 8)))
        .containsExactly(
            "Stage 'answer' reads topics with different partition counts"
                + " {lgvq.questions=4, lgvq.tokens=8}; it finds what belongs together only where"
                + " they are equal.");
  }

  @Test
  void shouldSayWhichTopicsAreMissing() {
    assertThat(TopicCheck.problems(stage, Map.of(TOPICS.tokens(), 1, TOPICS.answers(), 1)))
        .containsExactly(
            "Stage 'answer' needs topic 'lgvq.questions', which does not exist.",
            "Stage 'answer' needs topic 'lgvq.dead-letters', which does not exist.");
  }

  private static Map<String, Integer> partitions(int questions, int tokens) {
    return Map.of(
        TOPICS.questions(),
        questions,
        TOPICS.tokens(),
        tokens,
        TOPICS.answers(),
        2,
        TOPICS.deadLetters(),
        1);
  }
}
