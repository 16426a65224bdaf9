package io.lgvq.topology.drift;

import static io.lgvq.topology.rig.Events.tokens;
import static io.lgvq.topology.rig.SmallModel.CODEBOOK;
import static io.lgvq.topology.rig.StageDriver.SERDES;
import static io.lgvq.topology.rig.StageDriver.TOPICS;
import static org.assertj.core.api.Assertions.assertThat;

import io.lgvq.operators.rollout.Rollout;
import io.lgvq.schemas.event.CodebookDrift;
import io.lgvq.topology.arrival.Arrival;
import io.lgvq.topology.arrival.Origin;
import io.lgvq.topology.config.DriftSettings;
import io.lgvq.topology.event.TokensReader;
import io.lgvq.topology.flow.Outcome;
import io.lgvq.topology.rig.HeardListener;
import io.lgvq.topology.rig.OrdinaryCodes;
import io.lgvq.topology.rig.Suspension;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.Record;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WindowProcessorTest {

  private static final int WINDOW = 10_000;
  private static final int LEAST = 8;

  private final OrdinaryCodes ordinary = new OrdinaryCodes();
  private final Rollout rollout = Rollout.watching(CODEBOOK, ordinary.reference(CODEBOOK));
  private final HeardListener heard = new HeardListener();
  private final Windows windows =
      new Windows(
          "drift",
          TOPICS.tokens(),
          new DriftSettings(Duration.ofMillis(WINDOW), LEAST, 0.25),
          new TokensReader(SERDES.tokens().deserializer(), rollout),
          rollout,
          heard);
  private final MockProcessorContext<byte[], Outcome<CodebookDrift>> context =
      new MockProcessorContext<>();
  private final Processor<byte[], Arrival, byte[], Outcome<CodebookDrift>> processor =
      windows.get();
  private final Suspension<byte[], Outcome<CodebookDrift>> task =
      new Suspension<>(processor, context);

  @BeforeEach
  void begin() {
    for (var builder : windows.stores()) {
      StateStore store = builder.withCachingDisabled().withLoggingDisabled().build();
      store.init(context.getStateStoreContext(), store);
    }
    context.setCurrentSystemTimeMs(0);
    processor.init(context);
  }

  @Test
  void shouldCountEachImageOnceInOneWindowWhenItsTaskWasSuspended() {
    see(LEAST);
    task.suspend();
    assertThat(task.comingTicks()).isEmpty();

    task.goOn();
    assertThat(task.comingTicks()).hasSize(1);
    see(1);
    task.tickAt(WINDOW);
    task.tickAt(2 * WINDOW);

    assertThat(context.forwarded()).hasSize(1);
    assertThat(heard.lines())
        .containsExactly(
            "drift watches 0 no longer", "drift closed a window of %d in 0".formatted(LEAST + 1));
  }

  private void see(int images) {
    for (int i = 0; i < images; i++) {
      var image = tokens("image-" + i, CODEBOOK, ordinary.next(0));
      byte[] key = image.getImageId().getBytes(StandardCharsets.UTF_8);
      byte[] value = SERDES.tokens().serializer().serialize(TOPICS.tokens(), image);
      var origin = new Origin(TOPICS.tokens(), 0, i);
      var arrival = new Arrival(key, value, 0, new RecordHeaders(), origin);
      processor.process(new Record<>(key, arrival, 0));
    }
  }
}
