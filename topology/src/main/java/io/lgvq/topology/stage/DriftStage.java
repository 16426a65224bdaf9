package io.lgvq.topology.stage;

import io.lgvq.operators.rollout.Rollout;
import io.lgvq.topology.config.DriftSettings;
import io.lgvq.topology.config.StageSettings;
import io.lgvq.topology.config.TopicNames;
import io.lgvq.topology.drift.Windows;
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
 * Tells when a feed is no longer of the kind that the codebook knows: {@code tokens -> drift}, one
 * record a window, or {@code tokens -> dead-letters} where the codes are not of the codebook.
 *
 * <p>It needs no model, only the bundle's reference. While a new bundle is rolled out, each
 * codebook has windows of its own; tokens of a bundle without a reference are not watched.
 *
 * <p>See {@link Windows} for what windows are.
 */
public final class DriftStage implements Stage {

  /** Its name. */
  public static final String NAME = "drift";

  private final StageSettings settings;
  private final DriftSettings drift;
  private final EventSerdes serdes;
  private final StageListener listener;
  private final Rollout rollout;

  /**
   * @param settings topics; batches and retries are of no use here
   * @param drift how long and how full windows are
   * @param serdes of the events
   * @param listener hears of each window
   * @param rollout whose codebooks are watched, those that have a reference; borrowed, not closed
   */
  public DriftStage(
      StageSettings settings,
      DriftSettings drift,
      EventSerdes serdes,
      StageListener listener,
      Rollout rollout) {
    this.settings = settings;
    this.drift = drift;
    this.serdes = serdes;
    this.listener = listener;
    this.rollout = rollout;
  }

  @Override
  public Topology topology() {
    var reader = new TokensReader(serdes.tokens().deserializer(), rollout);
    var windows = new Windows(NAME, topics().tokens(), drift, reader, rollout, listener);

    var builder = new StreamsBuilder();
    var tokens = Arrivals.from(builder, topics().tokens(), "tokens", NAME, listener);
    var closed = tokens.process(windows, Named.as(NAME));
    Outcomes.send(closed, topics().drift(), serdes.drift(), settings);
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
    return List.of(topics().drift(), topics().deadLetters());
  }

  private TopicNames topics() {
    return settings.topics();
  }
}
