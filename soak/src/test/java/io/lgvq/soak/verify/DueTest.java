package io.lgvq.soak.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.lgvq.soak.course.Course;
import io.lgvq.soak.course.RecordId;
import io.lgvq.soak.course.Sent;
import io.lgvq.topology.config.TopicNames;
import io.lgvq.topology.stage.AnswerStage;
import io.lgvq.topology.stage.CaptionStage;
import io.lgvq.topology.stage.TokenizeStage;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What is due of those who are to be struck. */
class DueTest {

  private static final TopicNames TOPICS = TopicNames.standard();

  private final Course course = new Course(5);
  private final OutputRecords records = new OutputRecords(course, TOPICS);
  private final Verifier verifier =
      new Verifier(
          course, TOPICS, new TextContents(), Duration.ofSeconds(20), () -> 0L, new Findings());

  @Test
  void shouldTellWhatIsDueOfAShareOfTheWork() {
    var sent = new Sent(Course.BLOCK, Course.BLOCK / 2);
    Share tokenize = Share.whole(List.of(TokenizeStage.NAME), 3);
    Share caption = Share.whole(List.of(CaptionStage.NAME), 3);
    // Of twelve questions one is about an image that never comes.
    Share answer = Share.whole(List.of(AnswerStage.NAME), 3);
    assertThat(verifier.due(sent, tokenize)).isEqualTo(Course.BLOCK);
    assertThat(verifier.due(sent, caption)).isZero();
    assertThat(verifier.due(sent, answer)).isEqualTo(Course.BLOCK / 2 - 1);

    verifier.accept(records.output(TOPICS.tokens(), RecordId.image(3), "tokens"));
    verifier.accept(records.letter(RecordId.image(13), "image-corrupt"));
    assertThat(verifier.due(sent, tokenize)).isEqualTo(Course.BLOCK - 2);
    assertThat(verifier.due(sent, caption)).isEqualTo(1);
    verifier.accept(records.output(TOPICS.captions(), RecordId.image(3), "caption"));
    assertThat(verifier.due(sent, caption)).isZero();
  }

  @Test
  void shouldDivideWhatIsDueByPartition() {
    var sent = new Sent(Course.BLOCK, 0);
    int all = 0;
    for (int partition = 0; partition < 3; partition++) {
      all += verifier.due(sent, new Share(Map.of(TokenizeStage.NAME, Set.of(partition)), 3));
    }

    var none = new Share(Map.of(TokenizeStage.NAME, Set.of()), 3);
    assertThat(all).isEqualTo(Course.BLOCK);
    assertThat(verifier.due(sent, none)).isZero();
    assertThat(none.isWithout(TokenizeStage.NAME)).isTrue();
    assertThat(Share.whole(List.of(CaptionStage.NAME), 3).isWithout(CaptionStage.NAME)).isFalse();
  }

  @Test
  void shouldCallAShareBusyThatHasAQuarterOfASecondDue() {
    List<String> stages = List.of(TokenizeStage.NAME, CaptionStage.NAME, AnswerStage.NAME);

    assertThat(Share.whole(stages, 3).enough(20)).isEqualTo(12);
    assertThat(new Share(Map.of(TokenizeStage.NAME, Set.of(1)), 3).enough(20)).isEqualTo(1);
    assertThat(Share.whole(stages, 3).enough(1)).isEqualTo(1);
  }
}
