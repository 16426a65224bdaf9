package io.lgvq.topology.answer;

import static io.lgvq.topology.deadletter.DeadLetterReason.QUESTION_EMPTY;
import static io.lgvq.topology.deadletter.DeadLetterReason.QUESTION_TOO_LONG;

import io.lgvq.schemas.event.Question;
import io.lgvq.topology.arrival.Arrival;
import io.lgvq.topology.deadletter.Verdict;
import io.lgvq.topology.event.EventReader;
import org.apache.kafka.common.serialization.Deserializer;

/** Questions that can be asked: some words, and not too many. */
public final class QuestionReader {

  private final EventReader<Question> events;
  private final int maxLength;

  /**
   * @param maxLength most characters (UTF-16 units) of the text
   */
  public QuestionReader(Deserializer<Question> deserializer, int maxLength) {
    this.events = new EventReader<>(deserializer, Question::getImageId);
    this.maxLength = maxLength;
  }

  /** The question of a record that arrived. */
  public Verdict<Question> read(Arrival arrival) {
    return events.read(arrival).then(this::askable);
  }

  private Verdict<Question> askable(Question question) {
    int length = question.getText().length();
    if (length > maxLength) {
      return Verdict.rejected(
          QUESTION_TOO_LONG,
          "the question has %d characters, the limit is %d".formatted(length, maxLength));
    }
    if (question.getText().isBlank()) {
      return Verdict.rejected(QUESTION_EMPTY, "the question holds no word");
    }
    return Verdict.accepted(question);
  }
}
