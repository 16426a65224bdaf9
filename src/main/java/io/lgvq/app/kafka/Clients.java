package io.lgvq.app.kafka;

import io.lgvq.app.config.LgvqConfig;
import io.lgvq.app.config.Names;
import io.lgvq.app.config.PassThrough;
import io.lgvq.app.results.Results;
import io.lgvq.app.results.ResultsReader;
import io.lgvq.app.stage.StartException;
import io.lgvq.connection.SerdeClasses;
import io.lgvq.schemas.registry.SchemaRegistry;
import io.lgvq.topology.event.EventSerdes;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * Every client of Kafka and of the registry that this process holds beside the stages' own. All are
 * told the properties that were passed through, so security settings stand in one place.
 */
@ApplicationScoped
class Clients {
  /** Longest stops, part of the sum that {@code lgvq.shutdown-grace} explains. */
  static final Duration PRODUCER_STOP = Duration.ofSeconds(3);

  static final Duration ADMIN_STOP = Duration.ofSeconds(1);

  private static final int ENVELOPE = 64 * 1024;

  private final LgvqConfig config;
  private final Map<String, String> properties;

  Clients(LgvqConfig config, PassThrough passThrough) {
    this.config = config;
    this.properties = passThrough.properties();
  }

  @Produces
  @Singleton
  SchemaRegistry registry() {
    return SchemaRegistry.connect(properties);
  }

  @Produces
  @Singleton
  EventSerdes serdes(SchemaRegistry registry) {
    LgvqConfig.Serde named = config.serde();
    boolean ours = named.serializer().isEmpty() && named.deserializer().isEmpty();
    return ours
        ? EventSerdes.avro(registry, properties)
        : new SerdeClasses(named.jars(), StartException::new)
            .serdes(named.serializer(), named.deserializer(), properties);
  }

  @Produces
  @ApplicationScoped // made at first use: a wrong configuration is told before anything connects
  Admin admin() {
    return Admin.create(Map.<String, Object>copyOf(properties));
  }

  void close(@Disposes Admin admin) {
    admin.close(ADMIN_STOP);
  }

  @Produces
  @ApplicationScoped
  Producer<String, byte[]> producer() {
    Map<String, Object> settings = new HashMap<>();
    settings.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, config.image().maxBytes() + ENVELOPE);
    settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 10_000);
    settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 15_000);
    settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 10_000);
    settings.put(ProducerConfig.LINGER_MS_CONFIG, 0);
    settings.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "none"); // images are compressed already
    settings.putAll(properties);
    return new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer());
  }

  void close(@Disposes Producer<String, byte[]> producer) {
    producer.close(PRODUCER_STOP);
  }

  @Produces
  @Singleton
  Results results() {
    return new Results(config.rest().maxImages());
  }

  @Produces
  @Singleton
  ResultsReader reader(Results results, EventSerdes serdes) {
    Map<String, Object> settings = new HashMap<>(properties);
    settings.remove(ConsumerConfig.GROUP_ID_CONFIG);
    settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
    settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    return new ResultsReader(
        () ->
            new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer()),
        serdes,
        Names.of(config.topics()),
        config.rest().lookBack(),
        results);
  }
}
