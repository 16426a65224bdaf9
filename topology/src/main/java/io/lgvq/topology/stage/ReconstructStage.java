package io.lgvq.topology.stage;

import io.lgvq.operators.reconstruct.Reconstructor;
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
 * Draws an image back from its codes, as PNG: {@code tokens -> reconstructions}, or {@code tokens
 * -> dead-letters} where the codes are not of the decoder's codebook.
 *
 * <p>Exactly one output for each input (see {@link MicroBatch}).
 */
public final class ReconstructStage implements Stage {

  /** Its name. */
  public static final String NAME = "reconstruct";

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
   * @param reconstructor borrowed, not closed
   */
  public ReconstructStage(
      StageSettings settings,
      EventSerdes serdes,
      StageListener listener,
      Reconstructor reconstructor) {
    this(
        settings,
        serdes,
        listener,
        Rollout.only(reconstructor.codebook(), Reconstructor.class, reconstructor));
  }

  /**
   * @param settings topics, batches and retries
   * @param serdes of the events
   * @param listener hears what the stage does
   * @param rollout whose reconstructors read the tokens; borrowed, not closed
   */
  public ReconstructStage(
      StageSettings settings, EventSerdes serdes, StageListener listener, Rollout rollout) {
    this.settings = settings;
    this.serdes = serdes;
    this.listener = listener;
    this.rollout = rollout;
  }

  @Override
  public Topology topology() {
    var reader = new TokensReader(serdes.tokens().deserializer(), rollout);
    var reconstructing =
        new MicroBatch<>(NAME, settings, new Reconstructing(reader, rollout), listener);

    var builder = new StreamsBuilder();
    var tokens = Arrivals.from(builder, topics().tokens(), "tokens", NAME, listener);
    var reconstructions = tokens.process(reconstructing, Named.as(NAME));
    Outcomes.send(reconstructions, topics().reconstructions(), serdes.reconstructions(), settings);
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
    return List.of(topics().reconstructions(), topics().deadLetters());
  }

  private TopicNames topics() {
    return settings.topics();
  }
}
