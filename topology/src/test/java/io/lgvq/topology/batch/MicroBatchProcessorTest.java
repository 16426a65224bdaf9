package io.lgvq.topology.batch;

import static org.assertj.core.api.Assertions.assertThat;

import io.lgvq.topology.arrival.Arrival;
import io.lgvq.topology.arrival.Origin;
import io.lgvq.topology.config.BatchSettings;
import io.lgvq.topology.config.RetrySettings;
import io.lgvq.topology.config.StageSettings;
import io.lgvq.topology.config.TopicNames;
import io.lgvq.topology.deadletter.DeadLetterReason;
import io.lgvq.topology.deadletter.Verdict;
import io.lgvq.topology.flow.Outcome;
import io.lgvq.topology.observe.StageListener;
import io.lgvq.topology.rig.Suspension;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.Record;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MicroBatchProcessorTest {

  private static final int LINGER = 20;

  private final MicroBatch<String, String> batch =
      new MicroBatch<>(
          "test",
          new StageSettings(
              TopicNames.standard(),
              new BatchSettings(8, Duration.ofMillis(LINGER)),
              new RetrySettings(1, Duration.ZERO)),
          new Shout(),
          StageListener.none());
  private final MockProcessorContext<byte[], Outcome<String>> context =
      new MockProcessorContext<>();
  private final Processor<byte[], Arrival, byte[], Outcome<String>> processor = batch.get();
  private final Suspension<byte[], Outcome<String>> task = new Suspension<>(processor, context);

  @BeforeEach
  void begin() {
    StateStore store =
        Slots.store(batch.storeName()).withCachingDisabled().withLoggingDisabled().build();
    store.init(context.getStateStoreContext(), store);
    context.setCurrentSystemTimeMs(0);
    processor.init(context);
  }

  @Test
  void shouldMakeOneOutputOfWhatWasPendingWhenItsTaskWasSuspended() {
    processor.process(record("first"));
    processor.process(record("second"));
    task.suspend();

    task.goOn();
    processor.process(record("third"));
    task.tickAt(LINGER);

    assertThat(context.forwarded())
        .extracting(forwarded -> (Object) forwarded.record().value())
        .containsExactly(
            new Outcome.Output<>("FIRST"),
            new Outcome.Output<>("SECOND"),
            new Outcome.Output<>("THIRD"));
  }

  @Test
  void shouldHaveNoTicksOfATaskThatIsSuspended() {
    processor.process(record("first"));
    assertThat(task.comingTicks()).hasSize(1);

    task.suspend();
    assertThat(task.comingTicks()).isEmpty();

    task.goOn();
    assertThat(task.comingTicks()).hasSize(1);
  }

  private static Record<byte[], Arrival> record(String text) {
    byte[] value = text.getBytes(StandardCharsets.UTF_8);
    var arrival = new Arrival(value, value, 0, new RecordHeaders(), new Origin("in", 0, 0));
    return new Record<>(value, arrival, 0);
  }

  private static final class Shout implements BatchJob<String, String> {

    @Override
    public Verdict<String> read(Arrival arrival) {
      return Verdict.accepted(new String(arrival.value(), StandardCharsets.UTF_8));
    }

    @Override
    public List<String> run(List<String> inputs, Instant now) {
      return inputs.stream().map(text -> text.toUpperCase(Locale.ROOT)).toList();
    }

    @Override
    public DeadLetterReason refusal() {
      return DeadLetterReason.IMAGE_CORRUPT;
    }
  }
}
