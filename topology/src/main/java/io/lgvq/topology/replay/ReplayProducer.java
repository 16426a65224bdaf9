package io.lgvq.topology.replay;

import io.lgvq.topology.arrival.Origin;
import io.lgvq.topology.deadletter.DeadLetter;
import io.lgvq.topology.deadletter.DeadLetters;
import io.lgvq.topology.replay.ReplayResult.Outcome;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.ToIntFunction;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.InvalidRecordException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.InvalidTimestampException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Sends letters and their markers in transactions. There is one at a time on a topic of dead
 * letters: a new one ends whatever an earlier one has left open.
 *
 * <p>Threading: used by one thread. Ownership: whoever made it closes it.
 */
final class ReplayProducer implements AutoCloseable {

  /** As much as a broker takes in one request unless it is told otherwise. */
  private static final int MOST_REQUEST_BYTES = 100 << 20;

  private static final Set<Class<? extends KafkaException>> FENCED =
      Set.of(ProducerFencedException.class, InvalidProducerEpochException.class);

  /** What makes one record bad, rather than Kafka unable. */
  private static final Set<Class<? extends KafkaException>> BAD_RECORD =
      Set.of(
          RecordTooLargeException.class,
          InvalidTimestampException.class,
          InvalidRecordException.class);

  private final Producer<byte[], byte[]> producer;
  private final ToIntFunction<String> partitions;

  /**
   * @param topic of the dead letters
   * @param partitions of a topic
   */
  ReplayProducer(Map<String, String> properties, String topic, ToIntFunction<String> partitions) {
    Map<String, Object> settings = new HashMap<>();
    settings.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, MOST_REQUEST_BYTES);
    settings.put(ProducerConfig.BUFFER_MEMORY_CONFIG, 2L * MOST_REQUEST_BYTES);
    settings.putAll(properties);
    settings.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, topic + "-replay");
    this.partitions = partitions;
    this.producer =
        new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
    try {
      producer.initTransactions();
    } catch (KafkaException e) {
      producer.close();
      throw e;
    }
  }

  /**
   * Sends letters, all in one transaction. Where Kafka does not take the record of one, they are
   * halved until it stands alone and is refused, so that it holds up no other.
   *
   * @param letters have origins
   */
  void send(List<DeadLetter> letters, Consumer<ReplayResult> heard) {
    if (letters.isEmpty()) {
      return;
    }
    Optional<KafkaException> refusal = transact(letters);
    if (refusal.isEmpty()) {
      letters.forEach(letter -> heard.accept(new ReplayResult(letter, Outcome.SENT, "")));
    } else if (letters.size() == 1) {
      heard.accept(
          new ReplayResult(
              letters.get(0),
              Outcome.REFUSED,
              "Kafka does not take its record: " + refusal.get().getMessage()));
    } else {
      int half = letters.size() / 2;
      send(letters.subList(0, half), heard);
      send(letters.subList(half, letters.size()), heard);
    }
  }

  /** Why Kafka does not take a record of them, if so. */
  private Optional<KafkaException> transact(List<DeadLetter> letters) {
    try {
      producer.beginTransaction();
      for (DeadLetter letter : letters) {
        producer.send(record(letter));
        producer.send(ReplayMarkers.marker(letter));
      }
      producer.commitTransaction();
      return Optional.empty();
    } catch (KafkaException e) {
      if (cause(e, FENCED).isPresent()) {
        throw new KafkaException(
            "another replay of these dead letters has begun, and this one has ended", e);
      }
      KafkaException refusal = cause(e, BAD_RECORD).orElseThrow(() -> e);
      producer.abortTransaction();
      return Optional.of(refusal);
    }
  }

  private ProducerRecord<byte[], byte[]> record(DeadLetter letter) {
    Origin origin = letter.origin().orElseThrow();
    // Where it stood, whatever partitioner its sender has; topics only ever gain partitions.
    Integer partition =
        origin.partition() < partitions.applyAsInt(origin.topic()) ? origin.partition() : null;
    return new ProducerRecord<>(
        origin.topic(),
        partition,
        letter.timestamp() < 0 ? null : letter.timestamp(),
        letter.key(),
        letter.value(),
        headers(letter));
  }

  private static Headers headers(DeadLetter letter) {
    Headers headers = new RecordHeaders();
    for (Header header : letter.headers()) {
      if (!DeadLetters.isOurs(header.key())) {
        headers.add(header);
      }
    }
    headers.remove(DeadLetters.REPLAY).remove(DeadLetters.REPLAYS);
    headers.add(DeadLetters.REPLAY, utf8(Replay.name(letter.place())));
    headers.add(DeadLetters.REPLAYS, utf8(Integer.toString(letter.replays() + 1)));
    return headers;
  }

  /** The first of some kinds among a failure and its causes. */
  private static Optional<KafkaException> cause(
      KafkaException failure, Set<Class<? extends KafkaException>> kinds) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (kinds.contains(cause.getClass())) {
        return Optional.of((KafkaException) cause);
      }
    }
    return Optional.empty();
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** Ends; a transaction that is open still is aborted by the next replay, or in a minute. */
  @Override
  public void close() {
    producer.close();
  }
}
