package io.lgvq.topology.answer;

import io.lgvq.topology.arrival.Arrival;
import io.lgvq.topology.config.AnswerSettings;
import io.lgvq.topology.deadletter.Verdict.Rejected;
import io.lgvq.topology.event.TokensReader;
import io.lgvq.topology.flow.Outcome;
import io.lgvq.topology.observe.StageListener;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/**
 * Brings questions and the tokens of their images together, whichever comes first.
 *
 * <p>Two desks, one for each topic, share two stores: the tokens that can be asked about, and the
 * questions that wait. Each acceptable question leaves exactly once: with the tokens of its image
 * as companion, or, when its time is over, with none.
 *
 * <p>Threading: immutable; the desks belong to one stream thread a partition.
 *
 * @param stage name of the stage
 * @param settings how long tokens are kept and questions wait
 * @param questions reads and checks questions
 * @param tokens reads and checks tokens
 * @param kept how tokens are kept
 * @param listener hears what the stage does
 */
public record Matching(
    String stage,
    AnswerSettings settings,
    QuestionReader questions,
    TokensReader tokens,
    KeptTokens kept,
    StageListener listener) {

  private static final String SHELF = "answer-tokens";
  private static final String WAITING = "answer-waiting";

  /** The questions that can go on, and the records of both topics that cannot. */
  public KStream<byte[], Outcome<Arrival>> match(
      StreamsBuilder builder,
      KStream<byte[], Arrival> arrivingQuestions,
      KStream<byte[], Arrival> arrivingTokens) {
    builder.addStateStore(TokenShelf.store(SHELF, settings.tokensRetention()));
    builder.addStateStore(WaitingRoom.store(WAITING));
    var asked =
        arrivingQuestions.process(() -> new QuestionsDesk(this), Named.as("ask"), SHELF, WAITING);
    var released =
        arrivingTokens.process(() -> new TokensDesk(this), Named.as("keep"), SHELF, WAITING);
    return asked.merge(released, Named.as("matched"));
  }

  TokenShelf shelf(ProcessorContext<?, ?> context) {
    return new TokenShelf(context.getStateStore(SHELF), settings.tokensRetention());
  }

  WaitingRoom waitingRoom(ProcessorContext<?, ?> context) {
    return new WaitingRoom(context.getStateStore(WAITING));
  }

  Record<byte[], Outcome<Arrival>> refuse(Arrival arrival, Rejected<?> rejected) {
    listener.deadLettered(stage, rejected.reason());
    return Outcome.deadLetter(arrival, rejected, stage);
  }
}
