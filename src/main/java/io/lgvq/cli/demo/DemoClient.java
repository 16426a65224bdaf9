package io.lgvq.cli.demo;

import io.lgvq.schemas.registry.SchemaRegistry;
import io.lgvq.schemas.serde.AvroSerializer;
import io.lgvq.topology.config.TopicNames;
import io.lgvq.topology.event.EventSerdes;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * The demo's side of Kafka: an ordinary producer and an ordinary consumer that know nothing of the
 * application but its topics and contracts.
 *
 * <p>Ownership: closing it closes both clients.
 */
final class DemoClient implements AutoCloseable {
  private final TopicNames topics = TopicNames.standard();
  private final EventSerdes serdes;
  private final Producer<String, SpecificRecord> producer;
  private final Consumer<byte[], byte[]> consumer;

  DemoClient(String bootstrapServers, String registryUrl) {
    Map<String, Object> settings = new HashMap<>();
    settings.put("bootstrap.servers", bootstrapServers);
    settings.put("schema.registry.url", registryUrl);
    settings.put("isolation.level", "read_committed");
    settings.put("enable.auto.commit", "false");
    settings.put("auto.offset.reset", "earliest");
    settings.put("max.request.size", 24 << 20);
    SchemaRegistry registry = SchemaRegistry.connect(settings);
    serdes = EventSerdes.avro(registry, settings);
    AvroSerializer<SpecificRecord> values = new AvroSerializer<>(registry);
    values.configure(settings, false);
    producer = new KafkaProducer<>(settings, new StringSerializer(), values);
    consumer =
        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  /** Reads all results of the scenes, from the beginning of the topics. */
  Harvest harvest(List<SceneProgress> scenes, Screen screen) {
    List<TopicPartition> partitions =
        List.of(
                topics.tokens(),
                topics.captions(),
                topics.answers(),
                topics.reconstructions(),
                topics.deadLetters())
            .stream()
            .flatMap(topic -> consumer.partitionsFor(topic).stream())
            .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
            .toList();
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
    return new Harvest(scenes, consumer, topics, serdes, screen);
  }

  /** Sends the scenes once it is started. */
  FeedThread feed(List<SceneProgress> scenes, Screen screen) {
    return new FeedThread(scenes, producer, topics, screen);
  }

  @Override
  public void close() {
    producer.close();
    consumer.close();
  }
}
