package io.lgvq.schemas.registry;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * A map that forgets what was used longest ago when it is full. Safe for many threads; no lock is
 * held while a value is made, so two threads may make the same one.
 *
 * @param <K> key
 * @param <V> value, never null
 */
public final class RecentlyUsed<K, V> {

  private final Map<K, V> entries;

  /**
   * An empty map.
   *
   * @param capacity how many entries it keeps, at least 1
   */
  public RecentlyUsed(int capacity) {
    this.entries =
        new LinkedHashMap<>(16, 0.75f, true) {
          @Override
          protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
            return size() > capacity;
          }
        };
  }

  /** The value of {@code key}, if it is still known. */
  public Optional<V> get(K key) {
    synchronized (entries) {
      return Optional.ofNullable(entries.get(key));
    }
  }

  /** Remembers {@code value}. */
  public void put(K key, V value) {
    synchronized (entries) {
      entries.put(key, value);
    }
  }

  /** The value of {@code key}; made and remembered if it is not known. */
  public V get(K key, Function<? super K, ? extends V> maker) {
    Optional<V> known = get(key);
    if (known.isPresent()) {
      return known.get();
    }
    V made = maker.apply(key);
    put(key, made);
    return made;
  }
}
