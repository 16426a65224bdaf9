package io.lgvq.topology.answer;

import io.lgvq.topology.arrival.Arrival;
import io.lgvq.topology.arrival.ArrivalSerde;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * The questions whose image has not come: any number for one image, in the order of arrival.
 *
 * <p>A question's place is named by its image and its own offset, so that all that wait for one
 * image lie side by side and no two share a place. The store is in memory and changelogged.
 */
final class WaitingRoom {

  private final KeyValueStore<Bytes, Arrival> store;

  WaitingRoom(KeyValueStore<Bytes, Arrival> store) {
    this.store = store;
  }

  /** The store that a waiting room needs. */
  static StoreBuilder<KeyValueStore<Bytes, Arrival>> store(String name) {
    return Stores.keyValueStoreBuilder(
        Stores.inMemoryKeyValueStore(name), Serdes.Bytes(), new ArrivalSerde());
  }

  /** Lets a question wait, and names its place. */
  Bytes enter(Arrival question) {
    Bytes place = place(question.key(), question.origin().offset());
    store.put(place, question);
    return place;
  }

  /** Takes all out that wait for an image. */
  List<Arrival> leaveFor(byte[] image) {
    List<Arrival> leaving = new ArrayList<>();
    List<Bytes> places = new ArrayList<>();
    try (KeyValueIterator<Bytes, Arrival> waiting =
        store.range(place(image, 0), place(image, Long.MAX_VALUE))) {
      while (waiting.hasNext()) {
        KeyValue<Bytes, Arrival> entry = waiting.next();
        places.add(entry.key);
        leaving.add(entry.value);
      }
    }
    places.forEach(store::delete);
    return leaving;
  }

  /** Takes one out, if it still waits. */
  Optional<Arrival> leave(Bytes place) {
    return Optional.ofNullable(store.delete(place));
  }

  /** The places of all that wait. */
  List<Bytes> places() {
    List<Bytes> places = new ArrayList<>();
    try (KeyValueIterator<Bytes, Arrival> waiting = store.all()) {
      waiting.forEachRemaining(entry -> places.add(entry.key));
    }
    return places;
  }

  // The length before the image keeps one image's places apart from those of a longer name.
  private static Bytes place(byte[] image, long offset) {
    return Bytes.wrap(
        ByteBuffer.allocate(Integer.BYTES + image.length + Long.BYTES)
            .putInt(image.length)
            .put(image)
            .putLong(offset)
            .array());
  }
}
