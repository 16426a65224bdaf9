package io.lgvq.topology.answer;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Properties;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.state.TimestampedWindowStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TokenShelfTest {
  private static final Duration RETENTION = Duration.ofDays(7);
  private static final long NOON = 1_800_000_000_000L;
  private static final long HOUR = 3_600_000;
  private static final byte[] BUS = "bus".getBytes(StandardCharsets.UTF_8);

  @TempDir private Path folder;

  private TimestampedWindowStore<byte[], byte[]> store;
  private TokenShelf shelf;

  @BeforeEach
  void open() {
    var context = new MockProcessorContext<>(new Properties(), new TaskId(0, 0), folder.toFile());
    store = TokenShelf.store("tokens", RETENTION).withLoggingDisabled().build();
    store.init(context.getStateStoreContext(), store);
    shelf = new TokenShelf(store, RETENTION);
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void shouldKnowImageThatWasKeptBeforeTheClockWasSetBack() {
    shelf.put(BUS, new byte[] {1}, NOON);

    assertThat(shelf.get(BUS, NOON - HOUR)).contains(new byte[] {1});
  }

  @Test
  void shouldPreferWhatOurOwnClockKnowsToWhatIsAhead() {
    shelf.put(BUS, new byte[] {1}, NOON + HOUR);
    shelf.put(BUS, new byte[] {2}, NOON);

    assertThat(shelf.get(BUS, NOON)).contains(new byte[] {2});
  }

  @Test
  void shouldForgetAfterRetention() {
    shelf.put(BUS, new byte[] {1}, NOON);

    assertThat(shelf.get(BUS, NOON + RETENTION.toMillis() - 1)).contains(new byte[] {1});
    assertThat(shelf.get(BUS, NOON + RETENTION.toMillis())).isEqualTo(Optional.empty());
  }
}
