package io.lgvq.topology.transaction;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InvalidTxnStateException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.KafkaClientSupplier;

/**
 * Kafka's own clients for the streams of a stage, with one word translated.
 *
 * <p>A broker ends a transaction that is open for longer than its timeout, of a process that was
 * cut off or starved. It may tell the producer later that it is fenced, upon which Kafka Streams
 * begins anew after the last transaction, or that there is no such transaction any more, upon which
 * Kafka Streams 4.3 stops for good. Both mean the same, and these producers say the first.
 *
 * <p>Threading: safe for use by several threads, as are the clients except consumers.
 */
public final class StageClients implements KafkaClientSupplier {

  private static final Set<String> ENDS = Set.of("commitTransaction", "sendOffsetsToTransaction");

  @Override
  public Admin getAdmin(Map<String, Object> settings) {
    return Admin.create(settings);
  }

  @Override
  public Producer<byte[], byte[]> getProducer(Map<String, Object> settings) {
    return translating(
        new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer()));
  }

  @Override
  public Consumer<byte[], byte[]> getConsumer(Map<String, Object> settings) {
    return new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  @Override
  public Consumer<byte[], byte[]> getRestoreConsumer(Map<String, Object> settings) {
    return getConsumer(settings);
  }

  @Override
  public Consumer<byte[], byte[]> getGlobalConsumer(Map<String, Object> settings) {
    return getConsumer(settings);
  }

  @SuppressWarnings("unchecked") // the proxy hands everything to a producer of these types
  static Producer<byte[], byte[]> translating(Producer<byte[], byte[]> producer) {
    return (Producer<byte[], byte[]>)
        Proxy.newProxyInstance(
            Producer.class.getClassLoader(),
            new Class<?>[] {Producer.class},
            (proxy, method, arguments) -> {
              try {
                return method.invoke(producer, arguments);
              } catch (InvocationTargetException e) {
                throw ENDS.contains(method.getName()) ? translated(e.getCause()) : e.getCause();
              }
            });
  }

  private static Throwable translated(Throwable thrown) {
    for (Throwable cause = thrown; cause instanceof KafkaException; cause = cause.getCause()) {
      if (cause instanceof InvalidTxnStateException) {
        var fenced = new ProducerFencedException("the broker has ended the transaction: " + thrown);
        fenced.initCause(thrown);
        return fenced;
      }
    }
    return thrown;
  }
}
