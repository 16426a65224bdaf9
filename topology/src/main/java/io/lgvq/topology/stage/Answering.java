package io.lgvq.topology.stage;

import io.lgvq.operators.answer.AnswerRequest;
import io.lgvq.operators.answer.AnswerResult;
import io.lgvq.operators.answer.AnswerResult.Scored;
import io.lgvq.operators.answer.Answerer;
import io.lgvq.operators.codebook.TokenGrid;
import io.lgvq.schemas.event.Answer;
import io.lgvq.schemas.event.AnswerAlternative;
import io.lgvq.schemas.event.AnswerStatus;
import io.lgvq.schemas.event.Question;
import io.lgvq.topology.answer.KeptTokens;
import io.lgvq.topology.answer.QuestionReader;
import io.lgvq.topology.arrival.Arrival;
import io.lgvq.topology.batch.BatchJob;
import io.lgvq.topology.deadletter.DeadLetterReason;
import io.lgvq.topology.deadletter.Verdict;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/**
 * Questions to answers. A question arrives with the tokens of its image as companion, or with none
 * when its image is unknown; the answer then says so, without troubling the model.
 */
final class Answering implements BatchJob<Answering.Asked, Answer> {

  /** A question, and its image if it is known. */
  record Asked(Question question, Optional<TokenGrid> image) {}

  private final QuestionReader questions;
  private final KeptTokens kept;
  private final Answerer answerer;

  Answering(QuestionReader questions, KeptTokens kept, Answerer answerer) {
    this.questions = questions;
    this.kept = kept;
    this.answerer = answerer;
  }

  @Override
  public Verdict<Asked> read(Arrival arrival) {
    return questions
        .read(arrival)
        .then(question -> Verdict.accepted(new Asked(question, image(arrival.companion()))));
  }

  @Override
  public List<Answer> run(List<Asked> asked, Instant now) {
    List<AnswerRequest> requests =
        asked.stream()
            .flatMap(each -> each.image().map(grid -> request(grid, each.question())).stream())
            .toList();
    Iterator<AnswerResult> results =
        (requests.isEmpty() ? List.<AnswerResult>of() : answerer.apply(requests)).iterator();
    return asked.stream()
        .map(
            each ->
                each.image().isPresent()
                    ? answered(each.question(), results.next(), now)
                    : unknownImage(each.question(), now))
        .toList();
  }

  @Override
  public DeadLetterReason refusal() {
    return DeadLetterReason.TOKENS_INVALID;
  }

  private Optional<TokenGrid> image(byte[] companion) {
    return companion.length == 0 ? Optional.empty() : kept.decode(companion);
  }

  private static AnswerRequest request(TokenGrid grid, Question question) {
    return new AnswerRequest(grid, question.getText());
  }

  private Answer answered(Question question, AnswerResult result, Instant now) {
    return answer(question, now)
        .setStatus(result.sure() ? AnswerStatus.ANSWERED : AnswerStatus.UNSURE)
        .setText(result.best().text())
        .setProbability(result.best().probability())
        .setAlternatives(result.alternatives().stream().map(Answering::alternative).toList())
        .setCodebookDigest(answerer.codebook().digest())
        .build();
  }

  private Answer unknownImage(Question question, Instant now) {
    return answer(question, now)
        .setStatus(AnswerStatus.UNKNOWN_IMAGE)
        .setText("")
        .setProbability(0)
        .build();
  }

  private Answer.Builder answer(Question question, Instant now) {
    return Answer.newBuilder()
        .setQuestionId(question.getQuestionId())
        .setImageId(question.getImageId())
        .setQuestion(question.getText())
        .setModelName(answerer.codebook().name())
        .setModelVersion(answerer.codebook().version())
        .setAnsweredAt(now);
  }

  private static AnswerAlternative alternative(Scored scored) {
    return new AnswerAlternative(scored.text(), scored.probability());
  }
}
