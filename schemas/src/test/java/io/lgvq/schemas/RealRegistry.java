package io.lgvq.schemas;

import io.lgvq.embedded.EmbeddedRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.concurrent.atomic.AtomicInteger;

/** The one real registry of this module's tests: started at first use, ended with the JVM. */
public final class RealRegistry {

  private static final AtomicInteger TOPICS = new AtomicInteger();

  private RealRegistry() {}

  /** Its URL. */
  public static String url() {
    return Holder.REGISTRY.url();
  }

  /** A topic that no other test has used, so that subjects are fresh. */
  public static String freshTopic() {
    return "topic-" + TOPICS.incrementAndGet();
  }

  private static final class Holder {
    static final EmbeddedRegistry REGISTRY = start();

    private static EmbeddedRegistry start() {
      try {
        return EmbeddedRegistry.start(Files.createTempFile("registry", ".log"));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
