package io.lgvq.topology.batch;

import io.lgvq.topology.arrival.Arrival;
import io.lgvq.topology.config.StageSettings;
import io.lgvq.topology.flow.Outcome;
import io.lgvq.topology.observe.StageListener;
import java.util.Set;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.state.StoreBuilder;

/**
 * Puts a {@link BatchJob} into a topology: records are gathered until {@code max-batch} are there
 * or the oldest has waited for {@code linger}, then the job runs once for all of them.
 *
 * <ul>
 *   <li>Exactly one outcome for each record, in the order of arrival among the accepted, with the
 *       record's own key, timestamp and headers.
 *   <li>A record that cannot be read is refused at once and never enters a batch; one that the
 *       operator refuses is found by halving the batch.
 *   <li>An engine that fails is tried again, then the failure stops the stage; the batch stays
 *       pending and is worked on after the restart.
 *   <li>Batches are gathered a partition at a time, for a partition is Kafka's unit of order and of
 *       recovery: with many partitions a stream thread, batches are small unless linger is longer.
 * </ul>
 *
 * <p>Threading: a processor belongs to one stream thread; job and listener are shared by all.
 *
 * @param stage name of the stage, which also names the store
 * @param <I> what is read from a record
 * @param <V> the value of its output
 */
public record MicroBatch<I, V>(
    String stage, StageSettings settings, BatchJob<I, V> job, StageListener listener)
    implements ProcessorSupplier<byte[], Arrival, byte[], Outcome<V>> {

  @Override
  public Processor<byte[], Arrival, byte[], Outcome<V>> get() {
    return new MicroBatchProcessor<>(this);
  }

  @Override
  public Set<StoreBuilder<?>> stores() {
    return Set.of(Slots.store(storeName()));
  }

  /** Name of the store of pending records, for instance {@code tokenize-pending}. */
  public String storeName() {
    return stage + "-pending";
  }
}
