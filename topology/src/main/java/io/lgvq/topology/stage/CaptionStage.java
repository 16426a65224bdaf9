package io.lgvq.topology.stage;

import io.lgvq.operators.caption.Captioner;
import io.lgvq.operators.rollout.Rollout;
import io.lgvq.topology.batch.MicroBatch;
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
 * Says what an image shows, from its codes alone: {@code tokens -> captions}, or {@code tokens ->
 * dead-letters} where the codes are not of the head's codebook.
 *
 * <p>Exactly one output for each input (see {@link MicroBatch}).
 */
public final class CaptionStage implements Stage {

  /** Its name. */
  public static final String NAME = "caption";

  private final StageSettings settings;
  private final EventSerdes serdes;
  private final StageListener listener;
  private final Rollout rollout;

  /**
   * One operator for good.
   *
   * @param settings topics, batches and retries
   * @param serdes of the events
   * @param listener hears what the stage does
   * @param captioner borrowed, not closed
   */
  public CaptionStage(
      StageSettings settings, EventSerdes serdes, StageListener listener, Captioner captioner) {
    this(
        settings, serdes, listener, Rollout.only(captioner.codebook(), Captioner.class, captioner));
  }

  /**
   * @param settings topics, batches and retries
   * @param serdes of the events
   * @param listener hears what the stage does
   * @param rollout whose captioners read the tokens; borrowed, not closed
   */
  public CaptionStage(
      StageSettings settings, EventSerdes serdes, StageListener listener, Rollout rollout) {
    this.settings = settings;
    this.serdes = serdes;
    this.listener = listener;
    this.rollout = rollout;
  }

  @Override
  public Topology topology() {
    var reader = new TokensReader(serdes.tokens().deserializer(), rollout);
    var captioning = new MicroBatch<>(NAME, settings, new Captioning(reader, rollout), listener);

    var builder = new StreamsBuilder();
    var tokens = Arrivals.from(builder, topics().tokens(), "tokens", NAME, listener);
    var captions = tokens.process(captioning, Named.as(NAME));
    Outcomes.send(captions, topics().captions(), serdes.captions(), settings);
    return builder.build();
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public List<String> inputs() {
    return List.of(topics().tokens());
  }

  @Override
  public List<String> outputs() {
    return List.of(topics().captions(), topics().deadLetters());
  }

  private TopicNames topics() {
    return settings.topics();
  }
}
