package io.lgvq.topology.answer;

import io.lgvq.operators.codebook.TokenGrid;
import io.lgvq.topology.arrival.Arrival;
import io.lgvq.topology.deadletter.Verdict;
import io.lgvq.topology.deadletter.Verdict.Accepted;
import io.lgvq.topology.deadletter.Verdict.Rejected;
import io.lgvq.topology.flow.Outcome;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/** Takes token records in: keeps them, and lets the questions go on that waited for them. */
final class TokensDesk extends ContextualProcessor<byte[], Arrival, byte[], Outcome<Arrival>> {

  private final Matching matching;
  private TokenShelf shelf;
  private WaitingRoom waiting;

  TokensDesk(Matching matching) {
    this.matching = matching;
  }

  @Override
  public void init(ProcessorContext<byte[], Outcome<Arrival>> context) {
    super.init(context);
    shelf = matching.shelf(context);
    waiting = matching.waitingRoom(context);
  }

  @Override
  public void process(Record<byte[], Arrival> record) {
    Arrival tokens = record.value();
    Verdict<TokenGrid> verdict = matching.tokens().read(tokens);
    if (verdict instanceof Rejected<TokenGrid> rejected) {
      context().forward(matching.refuse(tokens, rejected));
      return;
    }
    byte[] kept = matching.kept().encode(((Accepted<TokenGrid>) verdict).value());
    shelf.put(tokens.key(), kept, context().currentSystemTimeMs());
    for (Arrival question : waiting.leaveFor(tokens.key())) {
      context().forward(Outcome.output(question, question.with(kept)));
    }
  }
}
