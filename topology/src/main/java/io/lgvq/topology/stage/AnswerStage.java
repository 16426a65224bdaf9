package io.lgvq.topology.stage;

import io.lgvq.operators.answer.Answerer;
import io.lgvq.operators.rollout.Rollout;
import io.lgvq.topology.answer.KeptTokens;
import io.lgvq.topology.answer.Matching;
import io.lgvq.topology.answer.QuestionReader;
import io.lgvq.topology.batch.MicroBatch;
import io.lgvq.topology.config.AnswerSettings;
import io.lgvq.topology.config.StageSettings;
import io.lgvq.topology.config.TopicNames;
import io.lgvq.topology.event.EventSerdes;
import io.lgvq.topology.event.TokensReader;
import io.lgvq.topology.flow.Arrivals;
import io.lgvq.topology.flow.Outcomes;
import io.lgvq.topology.observe.StageListener;
import java.util.List;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.Named;

/**
 * Answers questions about images from their codes alone: {@code questions + tokens -> answers}, or
 * {@code -> dead-letters} where a record of either topic cannot be read.
 *
 * <p>Exactly one output for each question: an answer, or the answer that its image is unknown, or a
 * dead letter. A question may come before its image, or long after (see {@link Matching}). Token
 * records have no output here; other stages have theirs.
 */
public final class AnswerStage implements Stage {

  /** Its name. */
  public static final String NAME = AnswerSettings.STAGE;

  private final StageSettings settings;
  private final AnswerSettings answers;
  private final EventSerdes serdes;
  private final StageListener listener;
  private final Rollout rollout;

  /**
   * One operator for good.
   *
   * @param settings topics, batches and retries
   * @param answers how long tokens are kept and questions wait
   * @param serdes of the events
   * @param listener hears what the stage does
   * @param answerer borrowed, not closed
   */
  public AnswerStage(
      StageSettings settings,
      AnswerSettings answers,
      EventSerdes serdes,
      StageListener listener,
      Answerer answerer) {
    this(
        settings,
        answers,
        serdes,
        listener,
        Rollout.only(answerer.codebook(), Answerer.class, answerer));
  }

  /**
   * @param settings topics, batches and retries
   * @param answers how long tokens are kept and questions wait
   * @param serdes of the events
   * @param listener hears what the stage does
   * @param rollout whose answerers read the tokens; borrowed, not closed
   */
  public AnswerStage(
      StageSettings settings,
      AnswerSettings answers,
      EventSerdes serdes,
      StageListener listener,
      Rollout rollout) {
    this.settings = settings;
    this.answers = answers;
    this.serdes = serdes;
    this.listener = listener;
    this.rollout = rollout;
  }

  @Override
  public Topology topology() {
    var questionReader =
        new QuestionReader(serdes.questions().deserializer(), answers.maxQuestionLength());
    var tokensReader = new TokensReader(serdes.tokens().deserializer(), rollout);
    var kept = new KeptTokens(rollout::codebook);
    var matching = new Matching(NAME, answers, questionReader, tokensReader, kept, listener);
    var job = new Answering(questionReader, kept, rollout);
    var answering = new MicroBatch<>(NAME, settings, job, listener);

    var builder = new StreamsBuilder();
    var questions = Arrivals.from(builder, topics().questions(), "questions", NAME, listener);
    var tokens = Arrivals.from(builder, topics().tokens(), "tokens", NAME, listener);
    var matched = matching.match(builder, questions, tokens);
    Outcomes.sendDeadLetters(matched, settings, "unmatched");
    var answered = Outcomes.outputs(matched, "asked").process(answering, Named.as(NAME));
    Outcomes.send(answered, topics().answers(), serdes.answers(), settings);
    return builder.build();
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public List<String> inputs() {
    return List.of(topics().questions(), topics().tokens());
  }

  @Override
  public List<String> outputs() {
    return List.of(topics().answers(), topics().deadLetters());
  }

  private TopicNames topics() {
    return settings.topics();
  }
}
