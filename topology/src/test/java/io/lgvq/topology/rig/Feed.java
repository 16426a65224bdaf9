package io.lgvq.topology.rig;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serde;

/** Writes records to the cluster's broker, each with the header {@code traceparent} of its key. */
public final class Feed implements AutoCloseable {

  private final KafkaProducer<byte[], byte[]> producer;
  private final List<Future<RecordMetadata>> sent = new ArrayList<>();

  /** A feed for a broker, not compressed. */
  public Feed(String bootstrapServers) {
    this(bootstrapServers, "none");
  }

  /** A feed for a broker, of records as large as the topics take. */
  public Feed(String bootstrapServers, String compression) {
    producer =
        new KafkaProducer<>(
            Map.of(
                "bootstrap.servers",
                bootstrapServers,
                "linger.ms",
                5,
                "max.request.size",
                24 << 20,
                "compression.type",
                compression),
            new ByteArraySerializer(),
            new ByteArraySerializer());
  }

  /** Writes an event. */
  public <T> void send(String topic, String key, T event, Serde<T> serde) {
    sendBytes(topic, key, serde.serializer().serialize(topic, event));
  }

  /** Writes bytes. */
  public void sendBytes(String topic, String key, byte[] value) {
    byte[] keyBytes = key.getBytes(StandardCharsets.UTF_8);
    long timestamp = StageDriver.SENT.toEpochMilli();
    var header = new RecordHeader("traceparent", keyBytes);
    sent.add(
        producer.send(
            new ProducerRecord<>(topic, null, timestamp, keyBytes, value, List.of(header))));
  }

  /** Returns when the broker has all. */
  public void flush() {
    producer.flush();
    sent.forEach(
        future -> {
          try {
            future.get();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
          } catch (java.util.concurrent.ExecutionException e) {
            throw new IllegalStateException("a record was not taken", e);
          }
        });
    sent.clear();
  }

  @Override
  public void close() {
    producer.close();
  }
}
