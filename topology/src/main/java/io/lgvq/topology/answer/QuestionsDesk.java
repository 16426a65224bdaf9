package io.lgvq.topology.answer;

import io.lgvq.schemas.event.Question;
import io.lgvq.topology.arrival.Arrival;
import io.lgvq.topology.clock.Ticks;
import io.lgvq.topology.deadletter.Verdict;
import io.lgvq.topology.deadletter.Verdict.Rejected;
import io.lgvq.topology.flow.Outcome;
import java.time.Duration;
import java.util.Optional;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/**
 * Takes questions in: lets those go on whose image is known, lets the others wait, and sends them
 * on without an image when their time is over.
 */
final class QuestionsDesk extends ContextualProcessor<byte[], Arrival, byte[], Outcome<Arrival>> {

  private final Matching matching;
  private final Ticks ticks;
  private Deadlines deadlines;
  private TokenShelf shelf;
  private WaitingRoom waiting;

  QuestionsDesk(Matching matching) {
    this.matching = matching;
    long tick = Math.max(1, Math.min(1_000, matching.settings().questionWait().toMillis() / 10));
    this.ticks = new Ticks(Duration.ofMillis(tick), this::giveUp);
  }

  @Override
  public void init(ProcessorContext<byte[], Outcome<Arrival>> context) {
    super.init(context);
    shelf = matching.shelf(context);
    waiting = matching.waitingRoom(context);
    deadlines = new Deadlines(matching.settings().questionWait());
    // Their time starts anew: the tokens may lie unread in the topic since before the restart.
    waiting.places().forEach(place -> deadlines.start(place, context.currentSystemTimeMs()));
    ticks.in(context);
    ticks.comeWhile(!deadlines.isEmpty());
  }

  @Override
  public void process(Record<byte[], Arrival> record) {
    Arrival question = record.value();
    Verdict<Question> verdict = matching.questions().read(question);
    if (verdict instanceof Rejected<Question> rejected) {
      context().forward(matching.refuse(question, rejected));
      return;
    }
    long now = context().currentSystemTimeMs();
    Optional<byte[]> tokens = shelf.get(question.key(), now).filter(this::isOfCodebook);
    if (tokens.isPresent()) {
      context().forward(Outcome.output(question, question.with(tokens.get())));
    } else {
      deadlines.start(waiting.enter(question), now);
      ticks.comeWhile(true);
    }
  }

  @Override
  public void close() {
    ticks.comeWhile(false);
  }

  private void giveUp(long now) {
    for (var place : deadlines.due(now)) {
      waiting
          .leave(place)
          .ifPresent(
              question -> {
                matching.listener().unknownImage(matching.stage());
                context().forward(Outcome.output(question, question));
              });
    }
    ticks.comeWhile(!deadlines.isEmpty());
  }

  // Tokens of a codebook that is no longer loaded are as good as none: the question waits for
  // others.
  private boolean isOfCodebook(byte[] kept) {
    return matching.kept().decode(kept).isPresent();
  }
}
