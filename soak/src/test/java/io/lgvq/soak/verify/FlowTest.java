package io.lgvq.soak.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.lgvq.soak.course.RecordId;
import io.lgvq.soak.course.Sent;
import java.util.List;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class FlowTest {

  private static final TopicPartition TOKENS = new TopicPartition("tokens", 0);
  private static final TopicPartition ANSWERS = new TopicPartition("answers", 0);

  private final Flow flow = new Flow(List.of(TOKENS, ANSWERS));

  @Test
  void shouldFlowOnceEveryPartitionHasShownWhatWasFedAfterTheMoment() {
    flow.begin(new Sent(10, 5));

    flow.heard(TOKENS, RecordId.image(10));
    assertThat(flow.took()).isEmpty();
    assertThat(flow.waiting()).containsExactly(ANSWERS);
    flow.heard(ANSWERS, RecordId.question(5));

    assertThat(flow.took()).isPresent();
  }

  @Test
  void shouldNotCountWhatWasFedBefore() {
    flow.begin(new Sent(10, 5));

    flow.heard(TOKENS, RecordId.image(9));
    flow.heard(ANSWERS, RecordId.question(4));

    assertThat(flow.took()).isEmpty();
    assertThat(flow.waiting()).containsExactlyInAnyOrder(TOKENS, ANSWERS);
  }

  @Test
  void shouldBeginAnewAtTheNextMoment() {
    flow.begin(new Sent(0, 0));
    flow.heard(TOKENS, RecordId.image(0));
    flow.heard(ANSWERS, RecordId.question(0));
    flow.begin(new Sent(10, 5));

    assertThat(flow.took()).isEmpty();
  }
}
