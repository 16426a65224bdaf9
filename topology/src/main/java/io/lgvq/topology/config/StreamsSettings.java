package io.lgvq.topology.config;

import io.lgvq.topology.deadletter.DeadLetters;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Type;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.streams.StreamsConfig;

/**
 * How the stages run on the broker: everything that exactly-once and micro-batches need of Kafka
 * Streams, from a few figures that people know.
 *
 * @param bootstrapServers host:port, separated by commas
 * @param prefix first part of each application id; the same as the topics' prefix, or empty
 * @param instanceId unique and lasting name of this process for static membership, so that a
 *     restart takes its partitions back without a rebalance; empty for dynamic membership
 * @param exactlyOnce {@code exactly_once_v2}, or else {@code at_least_once}
 * @param threads stream threads a stage
 * @param commitInterval time between transactions; batches are cut no smaller for it, but outputs
 *     become visible only then. 500 ms to 1 s under exactly-once
 * @param slowestDrain longest time that the operator may need for one batch, retries included.
 *     Polls are timed by it. So are transactions: it and the commit interval, and 2 s more, which
 *     is also how long readers of committed records may have to wait after a crash. They need that
 *     much only where outputs are too large to be kept back, see {@link
 *     io.lgvq.topology.client.StageClients}
 * @param limits how large its records may be
 * @param stateDirectory where state is kept between restarts
 * @param overrides Kafka's own properties, each of which replaces what is made here
 */
public record StreamsSettings(
    String bootstrapServers,
    String prefix,
    Optional<String> instanceId,
    boolean exactlyOnce,
    int threads,
    Duration commitInterval,
    Duration slowestDrain,
    RecordLimits limits,
    Path stateDirectory,
    Map<String, String> overrides) {

  /**
   * What may wait in memory for a slow engine, for each partition: bytes of the largest records.
   */
  private static final long WAITING_BYTES = 64L << 20;

  /** Fewer would leave a fast engine without work between two polls. */
  private static final long LEAST_WAITING = 64;

  private static final long MOST_WAITING = 1_000;

  /** The shortest that Kafka Streams takes. */
  private static final Duration PROBING_INTERVAL = Duration.ofMinutes(1);

  /** The broker rolls a segment every five seconds where a partition's images are 6 MB a second. */
  private static final long LEAST_SEGMENT = 32L << 20;

  // What is cut off "main.consumer.x" leaves "consumer.x" first, which is narrower than "x".
  private static final List<String> PREFIXES =
      List.of(
          "main.",
          StreamsConfig.MAIN_CONSUMER_PREFIX,
          StreamsConfig.CONSUMER_PREFIX,
          StreamsConfig.PRODUCER_PREFIX,
          StreamsConfig.TOPIC_PREFIX);

  /**
   * Exactly once, one thread, commits every 500 ms, drains of up to 10 s, records of up to 20 MiB.
   *
   * @param bootstrapServers host:port, separated by commas
   * @param stateDirectory where state is kept between restarts
   */
  public static StreamsSettings standard(String bootstrapServers, Path stateDirectory) {
    return new StreamsSettings(
        bootstrapServers,
        "",
        Optional.empty(),
        true,
        1,
        Duration.ofMillis(500),
        Duration.ofSeconds(10),
        RecordLimits.of(20 << 20),
        stateDirectory,
        Map.of());
  }

  /** The same for records of other sizes. */
  public StreamsSettings withLimits(RecordLimits others) {
    return new StreamsSettings(
        bootstrapServers,
        prefix,
        instanceId,
        exactlyOnce,
        threads,
        commitInterval,
        slowestDrain,
        others,
        stateDirectory,
        overrides);
  }

  /**
   * The application id of a stage, for instance {@code acme.lgvq-tokenize}; also its consumer
   * group.
   *
   * @param stage name of the stage
   */
  public String applicationId(String stage) {
    return prefix + "lgvq-" + stage;
  }

  /**
   * Longest time from the beginning of a batch to the end of the transaction with its outputs.
   * Between two commits a stream thread works a round: a full batch of each of its tasks, and what
   * their lingers ended meanwhile, once more of each.
   *
   * @param commitInterval time between transactions
   * @param slowestDrain longest time that the operator may need for one batch
   * @param tasks most partitions that one stream thread may have, 1 or more
   */
  public static Duration untilCommitted(Duration commitInterval, Duration slowestDrain, int tasks) {
    return commitInterval.plus(slowestDrain.multipliedBy(2L * tasks)).plusSeconds(2);
  }

  /**
   * The properties of a stage whose input has one partition.
   *
   * @param stage name of the stage
   */
  public Properties properties(String stage) {
    return properties(stage, 1);
  }

  /**
   * The properties for the {@code KafkaStreams} of one stage. Where an override names a property
   * that is made here, with or without a client's prefix, it takes the place of ours.
   *
   * @param stage name of the stage
   * @param tasks most partitions that one stream thread may have: all of its input, where other
   *     threads and instances are gone
   */
  public Properties properties(String stage, int tasks) {
    int recordBytes = RecordLimits.roomFor(limits.input());
    int requestBytes = Math.max(recordBytes, limits.deadLetter());
    var properties = new Properties();
    properties.put(StreamsConfig.APPLICATION_ID_CONFIG, applicationId(stage));
    properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
    properties.put(StreamsConfig.STATE_DIR_CONFIG, stateDirectory.toString());
    properties.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, threads);
    properties.put(
        StreamsConfig.PROCESSING_GUARANTEE_CONFIG,
        exactlyOnce ? StreamsConfig.EXACTLY_ONCE_V2 : StreamsConfig.AT_LEAST_ONCE);
    properties.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, commitInterval.toMillis());
    // Room for pending images: what the cache drops early is written to the changelog.
    properties.put(
        StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, Math.max(10L << 20, 2L * recordBytes));
    // The default of 100 ms would be the shortest linger.
    properties.put(StreamsConfig.POLL_MS_CONFIG, 10L);
    // Twice what a round takes: one that began with more than a batch a task is outlasted, too.
    properties.put(
        StreamsConfig.mainConsumerPrefix(ConsumerConfig.MAX_POLL_INTERVAL_MS_CONFIG),
        (int)
            Math.min(Integer.MAX_VALUE, Math.max(300_000L, 4L * tasks * slowestDrain.toMillis())));
    // Kafka Streams counts what waits, not its bytes: a thousand pictures would not fit the heap.
    properties.put(StreamsConfig.BUFFERED_RECORDS_PER_PARTITION_CONFIG, waiting(recordBytes));
    properties.put(
        StreamsConfig.mainConsumerPrefix(ConsumerConfig.MAX_POLL_RECORDS_CONFIG),
        waiting(recordBytes));
    properties.put(
        StreamsConfig.consumerPrefix(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG),
        Math.max(ConsumerConfig.DEFAULT_MAX_PARTITION_FETCH_BYTES, recordBytes));
    properties.put(
        StreamsConfig.producerPrefix(ProducerConfig.MAX_REQUEST_SIZE_CONFIG), requestBytes);
    properties.put(
        StreamsConfig.producerPrefix(ProducerConfig.BUFFER_MEMORY_CONFIG),
        Math.max(32L << 20, 2L * requestBytes));
    if (exactlyOnce) {
      // Outputs are sent at the commit; too many to keep back open it earlier, before a drain.
      properties.put(
          StreamsConfig.producerPrefix(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG),
          (int) commitInterval.plus(slowestDrain).plusSeconds(2).toMillis());
    }
    // Pending records lie in changelogs until they are drained.
    properties.put(StreamsConfig.topicPrefix(TopicConfig.MAX_MESSAGE_BYTES_CONFIG), recordBytes);
    // Each start reads stores in memory from the beginning, and brokers compact nothing of a file
    // that they still write: with the default of 1 GB a restart would read as much.
    properties.put(
        StreamsConfig.topicPrefix(TopicConfig.SEGMENT_BYTES_CONFIG),
        (int) Math.min(Integer.MAX_VALUE, Math.max(LEAST_SEGMENT, 2L * recordBytes)));
    instanceId.ifPresent(
        id ->
            properties.put(
                StreamsConfig.mainConsumerPrefix(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG), id));
    // Newcomers get partitions once they have a copy of the state; this is how often it is looked.
    properties.put(StreamsConfig.PROBING_REBALANCE_INTERVAL_MS_CONFIG, PROBING_INTERVAL.toMillis());
    if (!stage.equals(AnswerSettings.STAGE)) {
      // What they lack is counted in all that was ever written, not in what is left of it. What is
      // pending is read in no time; only the tokens that answers keep are worth the wait.
      properties.put(StreamsConfig.ACCEPTABLE_RECOVERY_LAG_CONFIG, Long.MAX_VALUE);
    }
    properties.replaceAll((name, ours) -> overridden(name.toString()).orElse(ours));
    properties.putAll(overrides);
    properties.put(DeadLetters.MOST_BYTES, mostDeadLetterBytes(properties));
    return properties;
  }

  private static int waiting(int recordBytes) {
    return (int) Math.max(LEAST_WAITING, Math.min(MOST_WAITING, WAITING_BYTES / recordBytes));
  }

  private long mostDeadLetterBytes(Properties properties) {
    return Stream.of(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, ProducerConfig.BUFFER_MEMORY_CONFIG)
        .map(StreamsConfig::producerPrefix)
        .map(name -> (Long) ConfigDef.parseType(name, properties.get(name).toString(), Type.LONG))
        .reduce((long) limits.deadLetter(), Math::min);
  }

  /**
   * What people say in place of one of our properties that has a client's prefix. Kafka Streams
   * prefers the narrower of two names, so ours would win over a plain one of theirs.
   */
  private Optional<Object> overridden(String name) {
    return PREFIXES.stream()
        .filter(name::startsWith)
        .map(prefix -> name.substring(prefix.length()))
        .filter(overrides::containsKey)
        .findFirst()
        .<Object>map(overrides::get);
  }
}
