package io.lgvq.topology.stage;

import io.lgvq.operators.image.Fit;
import io.lgvq.operators.image.ImageDecoder;
import io.lgvq.operators.rollout.PictureTokenizer;
import io.lgvq.operators.rollout.Rollout;
import io.lgvq.operators.tokenize.Tokenizer;
import io.lgvq.schemas.event.ImageEvent;
import io.lgvq.schemas.event.ImageTokens;
import io.lgvq.topology.batch.BatchJob;
import io.lgvq.topology.batch.MicroBatch;
import io.lgvq.topology.claimcheck.ClaimCheck;
import io.lgvq.topology.config.StageSettings;
import io.lgvq.topology.config.TopicNames;
import io.lgvq.topology.event.EventReader;
import io.lgvq.topology.event.EventSerdes;
import io.lgvq.topology.flow.Arrivals;
import io.lgvq.topology.flow.Outcomes;
import io.lgvq.topology.observe.StageListener;
import java.util.List;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.Named;

/**
 * Turns images into codes: {@code images -> tokens}, or {@code images -> dead-letters} where an
 * image cannot be read.
 *
 * <p>Decoding happens before a record enters the batch, so one bad image never costs a batch.
 * Exactly one output for each input (see {@link MicroBatch}).
 */
public final class TokenizeStage implements Stage {

  /** Its name. */
  public static final String NAME = "tokenize";

  private final StageSettings settings;
  private final EventSerdes serdes;
  private final StageListener listener;
  private final ClaimCheck claimCheck;
  private final Rollout rollout;

  /**
   * One tokenizer for good.
   *
   * @param settings topics, batches and retries
   * @param serdes of the events
   * @param listener hears what the stage does
   * @param claimCheck for images that travel as references
   * @param decoder for pictures of the tokenizer's size; borrowed, not closed
   * @param tokenizer borrowed, not closed
   */
  public TokenizeStage(
      StageSettings settings,
      EventSerdes serdes,
      StageListener listener,
      ClaimCheck claimCheck,
      ImageDecoder decoder,
      Tokenizer tokenizer) {
    this(
        settings,
        serdes,
        listener,
        claimCheck,
        Rollout.only(
            tokenizer.codebook(),
            PictureTokenizer.class,
            new PictureTokenizer(decoder, tokenizer, Fit.CROP))); // the only one, so none differs
  }

  /**
   * @param settings topics, batches and retries
   * @param serdes of the events
   * @param listener hears what the stage does
   * @param claimCheck for images that travel as references
   * @param rollout whose {@link PictureTokenizer} works; borrowed, not closed
   */
  public TokenizeStage(
      StageSettings settings,
      EventSerdes serdes,
      StageListener listener,
      ClaimCheck claimCheck,
      Rollout rollout) {
    this.settings = settings;
    this.serdes = serdes;
    this.listener = listener;
    this.claimCheck = claimCheck;
    this.rollout = rollout;
  }

  @Override
  public Topology topology() {
    var tokenizing = new MicroBatch<>(NAME, settings, tokenizing(), listener);

    var builder = new StreamsBuilder();
    var images = Arrivals.from(builder, topics().images(), "images", NAME, listener);
    var tokens = images.process(tokenizing, Named.as(NAME));
    Outcomes.send(tokens, topics().tokens(), serdes.tokens(), settings);
    return builder.build();
  }

  /** What it does with its records, for whoever reads and writes them another way. */
  public BatchJob<?, ImageTokens> job() {
    return tokenizing();
  }

  private Tokenizing tokenizing() {
    var reader = new EventReader<>(serdes.images().deserializer(), ImageEvent::getImageId);
    return new Tokenizing(reader, claimCheck, rollout);
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public List<String> inputs() {
    return List.of(topics().images());
  }

  @Override
  public List<String> outputs() {
    return List.of(topics().tokens(), topics().deadLetters());
  }

  private TopicNames topics() {
    return settings.topics();
  }
}
