package io.lgvq.topology.answer;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;
import org.apache.kafka.streams.state.TimestampedWindowStore;
import org.apache.kafka.streams.state.ValueAndTimestamp;
import org.apache.kafka.streams.state.WindowStoreIterator;

/**
 * The tokens that can be asked about: the latest of each image, for a time.
 *
 * <p>A window store whose windows are named by the wall-clock time of arrival. That makes expiry
 * cheap: old windows go a segment at a time, on disk here and by retention in the changelog, and
 * nothing is ever scanned. Wall-clock rather than record time, for a feed of old pictures has old
 * timestamps, and would have expired before it came.
 */
final class TokenShelf {

  /**
   * Kafka's default, and not what other changelogs of a stage have: this one is large and lies on
   * the stage's disk, too, so it is seldom read, and small segments would be many files.
   */
  private static final String SEGMENT_BYTES = Integer.toString(1 << 30);

  private final TimestampedWindowStore<byte[], byte[]> store;
  private final long retention;

  TokenShelf(TimestampedWindowStore<byte[], byte[]> store, Duration retention) {
    this.store = store;
    this.retention = retention.toMillis();
  }

  /** The store that a shelf needs. */
  static StoreBuilder<TimestampedWindowStore<byte[], byte[]>> store(
      String name, Duration retention) {
    // Windows are points in time, so the shortest size will do.
    var supplier =
        Stores.persistentTimestampedWindowStore(name, retention, Duration.ofMillis(1), false);
    return Stores.timestampedWindowStoreBuilder(supplier, Serdes.ByteArray(), Serdes.ByteArray())
        .withLoggingEnabled(Map.of(TopicConfig.SEGMENT_BYTES_CONFIG, SEGMENT_BYTES));
  }

  /**
   * Keeps the tokens of an image.
   *
   * @param now wall-clock milliseconds
   */
  void put(byte[] key, byte[] tokens, long now) {
    // The changelog takes its time from the value: it must be the arrival's, too.
    store.put(key, ValueAndTimestamp.make(tokens, now), now);
  }

  /**
   * The latest tokens of an image that have not expired; where there are none, those that another
   * instance kept whose clock was ahead of ours.
   *
   * @param now wall-clock milliseconds
   */
  Optional<byte[]> get(byte[] key, long now) {
    return latest(key, Math.max(0, now - retention + 1), now)
        .or(() -> latest(key, now + 1, Long.MAX_VALUE));
  }

  private Optional<byte[]> latest(byte[] key, long from, long to) {
    try (WindowStoreIterator<ValueAndTimestamp<byte[]>> latestFirst =
        store.backwardFetch(key, from, to)) {
      return latestFirst.hasNext()
          ? Optional.of(latestFirst.next().value.value())
          : Optional.empty();
    }
  }
}
