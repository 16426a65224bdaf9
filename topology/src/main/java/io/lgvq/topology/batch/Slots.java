package io.lgvq.topology.batch;

import io.lgvq.topology.arrival.Arrival;
import io.lgvq.topology.arrival.ArrivalSerde;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * Where the records of a batch lie until it is drained: slot n holds the n-th that arrived.
 *
 * <p>The store is in memory, changelogged and cached. Changelogged, because a record that was read
 * is committed with the next transaction although its output is not made yet: after a crash the
 * changelog is the only place where it still is. Cached, because a slot that is filled and freed
 * between two commits then never reaches the changelog.
 */
final class Slots {

  private final KeyValueStore<Integer, Arrival> store;

  Slots(KeyValueStore<Integer, Arrival> store) {
    this.store = store;
  }

  /** The store that a processor with slots needs. */
  static StoreBuilder<KeyValueStore<Integer, Arrival>> store(String name) {
    return Stores.keyValueStoreBuilder(
            Stores.inMemoryKeyValueStore(name), Serdes.Integer(), new ArrivalSerde())
        .withCachingEnabled()
        .withLoggingEnabled(Map.of());
  }

  /** Fills a slot. */
  void put(int slot, Arrival arrival) {
    store.put(slot, arrival);
  }

  /** Frees the slots 0 .. {@code count} - 1. */
  void free(int count) {
    for (int slot = 0; slot < count; slot++) {
      // Not delete(), which would decode the old value only to return it.
      store.put(slot, null);
    }
  }

  /** What was pending when the stage stopped, in the order of arrival, now in slots 0, 1, 2 ... */
  List<Arrival> restore() {
    List<KeyValue<Integer, Arrival>> found = new ArrayList<>();
    try (KeyValueIterator<Integer, Arrival> all = store.all()) {
      all.forEachRemaining(found::add);
    }
    // Without exactly-once a crash may leave holes, which later arrivals must not fill.
    for (int slot = 0; slot < found.size(); slot++) {
      if (found.get(slot).key != slot) {
        store.put(found.get(slot).key, null);
        store.put(slot, found.get(slot).value);
      }
    }
    return found.stream().map(entry -> entry.value).toList();
  }
}
