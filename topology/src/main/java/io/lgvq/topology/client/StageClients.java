package io.lgvq.topology.client;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Type;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.InvalidTxnStateException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.KafkaClientSupplier;
import org.apache.kafka.streams.StreamsConfig;

/**
 * Kafka's own clients for the streams of a stage, with four differences.
 *
 * <p>Consumers of stream threads wait longer while no records come ({@link PatientConsumer}).
 *
 * <p>The transactional id of producers is made of the instance's lasting name, where it has one.
 * Kafka Streams makes it of a number that it draws anew at each start where no store of a topology
 * is on disk: a killed process would leave its transaction open until its timeout, and all readers
 * of committed records waiting behind it. With a lasting id, the first thing that its successor
 * does is to end it.
 *
 * <p>A transaction is open for as long as its records take to send, not for as long as they take to
 * make ({@link Outbox}).
 *
 * <p>And one word is translated. A broker ends a transaction that is open for longer than its
 * timeout, of a process that was cut off or starved. It may tell the producer later that it is
 * fenced, upon which Kafka Streams begins anew after the last transaction, or that there is no such
 * transaction any more, upon which Kafka Streams 4.3 stops for good. Both mean the same, and these
 * producers say the first.
 *
 * <p>Threading: safe for use by several threads, as are the clients except consumers.
 */
public final class StageClients implements KafkaClientSupplier {

  private static final Pattern DRAWN = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

  private static final Set<String> ENDS = Set.of("commitTransaction", "sendOffsetsToTransaction");

  private final Optional<String> instance;

  private StageClients(Optional<String> instance) {
    this.instance = instance;
  }

  /**
   * The clients of one Kafka Streams client.
   *
   * @param properties its properties, which may hold a {@code group.instance.id}
   */
  public static StageClients of(Properties properties) {
    return new StageClients(
        Stream.of(StreamsConfig.MAIN_CONSUMER_PREFIX, StreamsConfig.CONSUMER_PREFIX, "")
            .map(prefix -> properties.get(prefix + ConsumerConfig.GROUP_INSTANCE_ID_CONFIG))
            .filter(Objects::nonNull)
            .map(Object::toString)
            .findFirst());
  }

  @Override
  public Admin getAdmin(Map<String, Object> settings) {
    return Admin.create(settings);
  }

  @Override
  public Producer<byte[], byte[]> getProducer(Map<String, Object> settings) {
    var producer =
        new KafkaProducer<>(
            lasting(settings), new ByteArraySerializer(), new ByteArraySerializer());
    boolean transactional = settings.containsKey(ProducerConfig.TRANSACTIONAL_ID_CONFIG);
    return transactional
        ? translating(Outbox.before(producer, bufferBytes(settings), StageClients::translated))
        : producer;
  }

  /** No more is kept back than the producer itself may have waiting. */
  private static long bufferBytes(Map<String, Object> settings) {
    String name = ProducerConfig.BUFFER_MEMORY_CONFIG;
    Object bytes = settings.getOrDefault(name, 32L << 20); // Kafka's default
    return (Long) ConfigDef.parseType(name, bytes.toString(), Type.LONG);
  }

  /** The settings with a transactional id that the next process of this instance has, too. */
  Map<String, Object> lasting(Map<String, Object> settings) {
    Map<String, Object> changed = new HashMap<>(settings);
    instance.ifPresent(
        name ->
            changed.computeIfPresent(
                ProducerConfig.TRANSACTIONAL_ID_CONFIG,
                (key, id) ->
                    DRAWN.matcher(id.toString()).replaceFirst(Matcher.quoteReplacement(name))));
    return changed;
  }

  @Override
  public Consumer<byte[], byte[]> getConsumer(Map<String, Object> settings) {
    return new PatientConsumer(settings);
  }

  @Override
  public Consumer<byte[], byte[]> getRestoreConsumer(Map<String, Object> settings) {
    return new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  @Override
  public Consumer<byte[], byte[]> getGlobalConsumer(Map<String, Object> settings) {
    return getRestoreConsumer(settings);
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

  static Throwable translated(Throwable thrown) {
    for (Throwable cause = thrown; cause instanceof KafkaException; cause = cause.getCause()) {
      if (cause instanceof ProducerFencedException
          || cause instanceof InvalidProducerEpochException) {
        return cause; // as it is, not as the reason of another: Kafka Streams looks no deeper
      }
      if (cause instanceof InvalidTxnStateException) {
        var fenced = new ProducerFencedException("the broker has ended the transaction: " + thrown);
        fenced.initCause(thrown);
        return fenced;
      }
    }
    return thrown;
  }
}
