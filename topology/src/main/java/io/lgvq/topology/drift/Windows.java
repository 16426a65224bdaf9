package io.lgvq.topology.drift;

import io.lgvq.operators.codebook.Codebook;
import io.lgvq.operators.rollout.Rollout;
import io.lgvq.schemas.event.CodebookDrift;
import io.lgvq.topology.arrival.Arrival;
import io.lgvq.topology.config.DriftSettings;
import io.lgvq.topology.event.TokensReader;
import io.lgvq.topology.flow.Outcome;
import io.lgvq.topology.observe.StageListener;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * Counts the codes of each partition in windows, and holds each window beside the reference when it
 * closes.
 *
 * <ul>
 *   <li>Every image counts in one window, and every window comes out once, also over crashes: the
 *       open window lies in a changelogged store, in the transaction of the offsets.
 *   <li>A window closes when its time is over and it has images enough. Time is the wall clock's,
 *       for a feed of old pictures has old timestamps, and is to be watched all the same.
 *   <li>Windows are of one codebook, also while another is rolled out.
 *   <li>Windows are of one partition: keys spread the images of a feed over all of them, so each
 *       shows what the feed is like, and nothing has to travel to one place first.
 * </ul>
 *
 * <p>Threading: a processor belongs to one stream thread; the rest is shared and immutable.
 *
 * @param stage name of the stage, which also names the store
 * @param topic of the tokens
 * @param settings how long and how full windows are
 * @param reader reads tokens of the codebooks
 * @param rollout the codebooks, and the references that windows are held beside
 * @param listener hears of each window
 */
public record Windows(
    String stage,
    String topic,
    DriftSettings settings,
    TokensReader reader,
    Rollout rollout,
    StageListener listener)
    implements ProcessorSupplier<byte[], Arrival, byte[], Outcome<CodebookDrift>> {

  @Override
  public Processor<byte[], Arrival, byte[], Outcome<CodebookDrift>> get() {
    return new WindowProcessor(this);
  }

  @Override
  public Set<StoreBuilder<?>> stores() {
    // Cached: what an image changes is written to the changelog once a commit, not once an image.
    return Set.of(
        Stores.keyValueStoreBuilder(
                Stores.inMemoryKeyValueStore(storeName()), Serdes.String(), new OpenWindowSerde())
            .withCachingEnabled()
            .withLoggingEnabled(Map.of()));
  }

  KeyValueStore<String, OpenWindow> store(ProcessorContext<?, ?> context) {
    return context.getStateStore(storeName());
  }

  /** The probability below which a code of a codebook is rare. */
  double rareBelow(Codebook codebook) {
    return settings.rareBelow() / codebook.size();
  }

  private String storeName() {
    return stage + "-window";
  }
}
