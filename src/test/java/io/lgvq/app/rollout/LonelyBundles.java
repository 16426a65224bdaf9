package io.lgvq.app.rollout;

import io.lgvq.app.config.LgvqConfig;
import io.micrometer.core.instrument.MeterRegistry;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.admin.Admin;

/** Bundles of a process that has no Kafka: whoever asks it fails the test. */
public final class LonelyBundles {
  private LonelyBundles() {}

  /** Not started; whoever starts them closes them. */
  public static Bundles of(LgvqConfig config, MeterRegistry metrics) {
    return new Bundles(config, noKafka(), new RolloutMetrics(metrics));
  }

  /** The same for a process whose memory has no room for another bundle at the first attempts. */
  static Bundles cramped(LgvqConfig config, MeterRegistry metrics, AtomicInteger attempts) {
    return new Bundles(config, noKafka(), new RolloutMetrics(metrics)) {
      @Override
      public synchronized void load(Path location) {
        if (attempts.getAndDecrement() > 0) {
          throw new OutOfMemoryError("Java heap space");
        }
        super.load(location);
      }
    };
  }

  private static Admin noKafka() {
    return (Admin)
        Proxy.newProxyInstance(
            Admin.class.getClassLoader(),
            new Class<?>[] {Admin.class},
            (proxy, method, arguments) -> {
              throw new AssertionError("Kafka was asked: " + method.getName());
            });
  }
}
