package io.lgvq.app.rollout;

import io.lgvq.app.config.LgvqConfig;
import io.micrometer.core.instrument.MeterRegistry;
import java.lang.reflect.Proxy;
import org.apache.kafka.clients.admin.Admin;

/** Bundles of a process that has no Kafka: whoever asks it fails the test. */
public final class LonelyBundles {
  private LonelyBundles() {}

  /** Not started; whoever starts them closes them. */
  public static Bundles of(LgvqConfig config, MeterRegistry metrics) {
    return new Bundles(config, noKafka(), new RolloutMetrics(metrics));
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
