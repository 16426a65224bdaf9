package io.lgvq.app.metrics;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.config.MeterFilterReply;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.List;

/**
 * Of the thousand figures that Kafka's clients keep, those that an operator acts upon: the streams'
 * own, the lag, and the state of the consumer groups. All of them would be half a megabyte a
 * scrape.
 */
final class KafkaMeters {
  private static final List<String> KEPT =
      List.of("kafka.stream.", "kafka.consumer.fetch.manager.", "kafka.consumer.coordinator.");

  private KafkaMeters() {}

  @Produces
  @Singleton
  static MeterFilter kept() {
    return new MeterFilter() {
      @Override
      public MeterFilterReply accept(Meter.Id id) {
        boolean kafkas = id.getName().startsWith("kafka.");
        boolean kept = KEPT.stream().anyMatch(id.getName()::startsWith);
        return kafkas && !kept ? MeterFilterReply.DENY : MeterFilterReply.NEUTRAL;
      }
    };
  }
}
