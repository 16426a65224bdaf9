package io.lgvq.topology.stage;

import io.lgvq.operators.answer.AnswerRequest;
import io.lgvq.operators.answer.AnswerResult;
import io.lgvq.operators.answer.AnswerResult.Scored;
import io.lgvq.operators.answer.Answerer;
import io.lgvq.operators.codebook.Codebook;
import io.lgvq.operators.codebook.TokenGrid;
import io.lgvq.operators.rollout.Lease;
import io.lgvq.operators.rollout.LoadedBundle;
import io.lgvq.operators.rollout.Rollout;
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
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Questions to answers. A question arrives with the tokens of its image as companion, or with none
 * when its image is unknown; the answer then says so, without troubling the model.
 */
final class Answering implements BatchJob<Answering.Asked, Answer> {

  /** A question, and its image if it is known. */
  record Asked(Question question, Optional<TokenGrid> image) {}

  private final QuestionReader questions;
  private final KeptTokens kept;
  private final Rollout rollout;

  Answering(QuestionReader questions, KeptTokens kept, Rollout rollout) {
    this.questions = questions;
    this.kept = kept;
    this.rollout = rollout;
  }

  @Override
  public Verdict<Asked> read(Arrival arrival) {
    return questions
        .read(arrival)
        .then(question -> Verdict.accepted(new Asked(question, image(arrival.companion()))));
  }

  @Override
  public List<Answer> run(List<Asked> asked, Instant now) {
    try (Lease lease = rollout.lease()) {
      return ByBundle.run(
          asked,
          each -> bundle(each, lease),
          (bundle, mine) ->
              bundle
                  .map(known -> answered(known, mine, now))
                  .orElseGet(() -> unknownImages(lease.published().codebook(), mine, now)));
    }
  }

  @Override
  public DeadLetterReason refusal() {
    return DeadLetterReason.TOKENS_INVALID;
  }

  private Optional<TokenGrid> image(byte[] companion) {
    return companion.length == 0 ? Optional.empty() : kept.decode(companion);
  }

  /** The bundle of the image's codebook; none if the image is unknown, or the bundle retired. */
  private static Optional<LoadedBundle> bundle(Asked asked, Lease lease) {
    return asked
        .image()
        .flatMap(grid -> lease.reading(grid.codebook().digest(), asked.question().getImageId()));
  }

  private static List<Answer> answered(LoadedBundle bundle, List<Asked> asked, Instant now) {
    List<AnswerResult> results =
        bundle.operator(Answerer.class).apply(asked.stream().map(Answering::request).toList());
    return IntStream.range(0, results.size())
        .mapToObj(i -> answered(asked.get(i).question(), results.get(i), bundle.codebook(), now))
        .toList();
  }

  private static List<Answer> unknownImages(Codebook codebook, List<Asked> asked, Instant now) {
    return asked.stream().map(each -> unknownImage(each.question(), codebook, now)).toList();
  }

  private static AnswerRequest request(Asked asked) {
    return new AnswerRequest(asked.image().orElseThrow(), asked.question().getText());
  }

  private static Answer answered(
      Question question, AnswerResult result, Codebook codebook, Instant now) {
    return answer(question, codebook, now)
        .setStatus(result.sure() ? AnswerStatus.ANSWERED : AnswerStatus.UNSURE)
        .setText(result.best().text())
        .setProbability(result.best().probability())
        .setAlternatives(result.alternatives().stream().map(Answering::alternative).toList())
        .setCodebookDigest(codebook.digest())
        .build();
  }

  private static Answer unknownImage(Question question, Codebook codebook, Instant now) {
    return answer(question, codebook, now)
        .setStatus(AnswerStatus.UNKNOWN_IMAGE)
        .setText("")
        .setProbability(0)
        .build();
  }

  private static Answer.Builder answer(Question question, Codebook codebook, Instant now) {
    return Answer.newBuilder()
        .setQuestionId(question.getQuestionId())
        .setImageId(question.getImageId())
        .setQuestion(question.getText())
        .setModelName(codebook.name())
        .setModelVersion(codebook.version())
        .setAnsweredAt(now);
  }

  private static AnswerAlternative alternative(Scored scored) {
    return new AnswerAlternative(scored.text(), scored.probability());
  }
}
