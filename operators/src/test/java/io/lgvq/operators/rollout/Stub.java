package io.lgvq.operators.rollout;

import io.lgvq.operators.codebook.Codebook;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** A bundle of one operator that only knows whether it was closed. */
final class Stub implements AutoCloseable {
  private final AtomicInteger closed = new AtomicInteger();

  /** A bundle with this operator. */
  LoadedBundle bundle(String version, String digest) {
    return new LoadedBundle(codebook(version, digest), "test", Map.of(Stub.class, this));
  }

  static Codebook codebook(String version, String digest) {
    return new Codebook("stub", version, digest, 8);
  }

  /** How often it was closed. */
  int closed() {
    return closed.get();
  }

  @Override
  public void close() {
    closed.incrementAndGet();
  }
}
