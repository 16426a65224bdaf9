package io.lgvq.topology.batch;

import io.lgvq.topology.arrival.Arrival;
import io.lgvq.topology.clock.Ticks;
import io.lgvq.topology.config.BatchSettings;
import io.lgvq.topology.deadletter.Verdict;
import io.lgvq.topology.deadletter.Verdict.Accepted;
import io.lgvq.topology.deadletter.Verdict.Rejected;
import io.lgvq.topology.flow.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/**
 * Gathers, drains, forwards. See {@link MicroBatch} for what it promises.
 *
 * <p>Invariant between two calls: {@code pending.get(n)} is what slot n of the store holds.
 *
 * <p>Kafka Streams closes a processor whose task it suspends, and calls {@link #init} of the same
 * one when the task goes on.
 */
final class MicroBatchProcessor<I, V>
    extends ContextualProcessor<byte[], Arrival, byte[], Outcome<V>> {

  private record Pending<I>(Arrival arrival, Verdict<I> verdict, long since) {}

  private final MicroBatch<I, V> batch;
  private final BatchSettings settings;
  private final BatchRun<I, V> job;
  private final List<Pending<I>> pending = new ArrayList<>();
  private final Ticks ticks;
  private Slots slots;

  MicroBatchProcessor(MicroBatch<I, V> batch) {
    this.batch = batch;
    this.settings = batch.settings().batch();
    this.job =
        new BatchRun<>(
            batch.job(),
            batch.settings().retry(),
            (failed, e) -> batch.listener().retrying(batch.stage(), failed, e));
    long tick = Math.max(1, settings.linger().toMillis() / 2);
    this.ticks = new Ticks(Duration.ofMillis(tick), this::drainIfDue);
  }

  @Override
  public void init(ProcessorContext<byte[], Outcome<V>> context) {
    super.init(context);
    slots = new Slots(context.getStateStore(batch.storeName()));
    // Not the first time where a rebalance took the partition away and gave it back.
    pending.clear();
    // Read again rather than stored as read: another release may see the same bytes otherwise.
    for (Arrival arrival : slots.restore()) {
      pending.add(new Pending<>(arrival, job.read(arrival), now()));
    }
    ticks.in(context);
    ticks.comeWhile(!pending.isEmpty());
  }

  @Override
  public void process(Record<byte[], Arrival> record) {
    Arrival arrival = record.value();
    Verdict<I> verdict = job.read(arrival);
    if (verdict instanceof Rejected<I> rejected) {
      refuse(arrival, rejected);
      return;
    }
    slots.put(pending.size(), arrival);
    pending.add(new Pending<>(arrival, verdict, now()));
    if (pending.size() >= settings.maxBatch()) {
      drain();
    }
    ticks.comeWhile(!pending.isEmpty());
  }

  @Override
  public void close() {
    ticks.comeWhile(false);
  }

  private void drainIfDue(long now) {
    if (!pending.isEmpty() && now - pending.get(0).since() >= settings.linger().toMillis()) {
      drain();
    }
    ticks.comeWhile(!pending.isEmpty());
  }

  /** Works on all that is pending; more than one batch only if max-batch was larger before. */
  private void drain() {
    for (int from = 0; from < pending.size(); from += settings.maxBatch()) {
      drain(pending.subList(from, Math.min(pending.size(), from + settings.maxBatch())));
    }
    slots.free(pending.size());
    pending.clear();
  }

  private void drain(List<Pending<I>> chunk) {
    List<Pending<I>> accepted = new ArrayList<>(chunk.size());
    List<I> inputs = new ArrayList<>(chunk.size());
    for (Pending<I> each : chunk) {
      if (each.verdict() instanceof Accepted<I> input) {
        accepted.add(each);
        inputs.add(input.value());
      } else {
        // Was read before the restart, and is not read by the configuration of after.
        refuse(each.arrival(), (Rejected<I>) each.verdict());
      }
    }
    if (inputs.isEmpty()) {
      return;
    }
    List<Verdict<V>> verdicts = run(inputs, accepted.get(0).since());
    for (int i = 0; i < verdicts.size(); i++) {
      settle(accepted.get(i).arrival(), verdicts.get(i));
    }
  }

  private List<Verdict<V>> run(List<I> inputs, long since) {
    var queueAge = Duration.ofMillis(now() - since);
    long start = System.nanoTime();
    List<Verdict<V>> verdicts = job.run(inputs, Instant.ofEpochMilli(now()));
    var operatorTime = Duration.ofNanos(System.nanoTime() - start);
    batch.listener().drained(batch.stage(), inputs.size(), operatorTime, queueAge);
    return verdicts;
  }

  private void settle(Arrival arrival, Verdict<V> verdict) {
    if (verdict instanceof Accepted<V> output) {
      context().forward(Outcome.output(arrival, output.value()));
    } else {
      refuse(arrival, (Rejected<V>) verdict);
    }
  }

  private void refuse(Arrival arrival, Rejected<?> rejected) {
    batch.listener().deadLettered(batch.stage(), rejected.reason());
    context().forward(Outcome.deadLetter(arrival, rejected, batch.stage()));
  }

  private long now() {
    return context().currentSystemTimeMs();
  }
}
