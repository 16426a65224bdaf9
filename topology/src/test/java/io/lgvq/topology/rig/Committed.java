package io.lgvq.topology.rig;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Reads all of a topic that is committed, from its beginning. */
public final class Committed implements AutoCloseable {

  private final KafkaConsumer<String, byte[]> consumer;
  private final List<ConsumerRecord<String, byte[]>> records = new ArrayList<>();

  /** A reader of a topic. */
  public Committed(String bootstrapServers, String topic) {
    consumer = consumer(bootstrapServers, topic);
  }

  /** One that stands at the beginning of all partitions of topics and sees what is committed. */
  static KafkaConsumer<String, byte[]> consumer(String bootstrapServers, String... topics) {
    KafkaConsumer<String, byte[]> consumer =
        new KafkaConsumer<>(
            Map.of(
                "bootstrap.servers",
                bootstrapServers,
                "isolation.level",
                "read_committed",
                "fetch.max.wait.ms",
                20),
            new StringDeserializer(),
            new ByteArrayDeserializer());
    List<TopicPartition> partitions =
        Arrays.stream(topics)
            .flatMap(topic -> consumer.partitionsFor(topic).stream())
            .map(info -> new TopicPartition(info.topic(), info.partition()))
            .toList();
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
    return consumer;
  }

  /** All records so far, at least so many; fails after a minute without them. */
  public List<ConsumerRecord<String, byte[]>> atLeast(int count) {
    await()
        .atMost(Duration.ofMinutes(1))
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(20))
        .until(() -> poll(Duration.ofMillis(100)).size() >= count);
    return records;
  }

  /** All records so far. */
  public List<ConsumerRecord<String, byte[]>> poll(Duration patience) {
    consumer.poll(patience).forEach(records::add);
    return records;
  }

  /** All records until none comes for a while: for showing that there are no more. */
  public List<ConsumerRecord<String, byte[]>> untilQuiet(Duration quiet) {
    int before;
    do {
      before = records.size();
      poll(quiet);
    } while (records.size() > before);
    return records;
  }

  @Override
  public void close() {
    consumer.close();
  }
}
