package io.lgvq.topology.retokenize;

import io.lgvq.schemas.event.ImageTokens;
import io.lgvq.topology.arrival.Arrival;
import io.lgvq.topology.arrival.Origin;
import io.lgvq.topology.batch.BatchJob;
import io.lgvq.topology.batch.BatchRun;
import io.lgvq.topology.deadletter.Verdict;
import io.lgvq.topology.deadletter.Verdict.Accepted;
import io.lgvq.topology.deadletter.Verdict.Rejected;
import io.lgvq.topology.flow.Outcome;
import io.lgvq.topology.flow.Outcomes;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.streams.processor.api.Record;

/**
 * Replays the topic of images into a new topic of tokens: what the tokenize stage does, once, up to
 * where the images ended when it was started.
 *
 * <p>Not a Kafka Streams application, for those never end. Tokens, dead letters and offsets of a
 * batch are one transaction, so a job that was killed goes on behind its last batch, without loss
 * and without doubling; a second one on the same group takes over and stops the first.
 *
 * <p>Threading: used by one thread. Ownership: the clients are borrowed, not closed.
 *
 * @param <I> what the job reads of a record
 */
public final class Retokenize<I> {

  /** Name in the headers of its dead letters. */
  public static final String NAME = "retokenize";

  private final RetokenizeSettings settings;
  private final BatchRun<I, ImageTokens> job;
  private final Serializer<ImageTokens> serializer;
  private final org.apache.kafka.clients.consumer.Consumer<byte[], byte[]> consumer;
  private final Producer<byte[], byte[]> producer;
  private final long began = System.nanoTime();
  private long written;
  private long dead;

  /**
   * @param job of the tokenize stage
   * @param serializer of its tokens
   * @param consumer of read_committed records, without automatic commits and with a group
   * @param producer with a transactional id
   */
  public Retokenize(
      RetokenizeSettings settings,
      BatchJob<I, ImageTokens> job,
      Serializer<ImageTokens> serializer,
      org.apache.kafka.clients.consumer.Consumer<byte[], byte[]> consumer,
      Producer<byte[], byte[]> producer) {
    this.settings = settings;
    this.job = new BatchRun<>(job, settings.retry(), (failed, thrown) -> {});
    this.serializer = serializer;
    this.consumer = consumer;
    this.producer = producer;
  }

  /**
   * Works until all images of the start are behind it.
   *
   * @param fromBeginning whether progress of earlier runs is forgotten, and what they wrote is
   *     written once more
   * @param heard hears after each batch how far it is
   * @return how far it came, which is all the way
   * @throws KafkaException if Kafka fails, or another run took over; what is committed stays
   */
  public Progress run(boolean fromBeginning, Consumer<Progress> heard) {
    producer.initTransactions(); // ends what a killed run left open, before its offsets are asked
    Backlog backlog = Backlog.begin(consumer, settings.images(), fromBeginning);
    Progress progress = progress(backlog);
    while (!backlog.finished()) {
      List<ConsumerRecord<byte[], byte[]>> records = backlog.poll();
      for (int from = 0; from < records.size(); from += settings.maxBatch()) {
        transact(records.subList(from, Math.min(records.size(), from + settings.maxBatch())));
      }
      progress = progress(backlog);
      heard.accept(progress);
    }
    return progress;
  }

  private void transact(List<ConsumerRecord<byte[], byte[]>> records) {
    // All the work before the transaction: a host that stays silent may take minutes of it, and the
    // broker ends a transaction that is open for long, as if another run had taken over.
    Outputs outputs = tokenize(records.stream().map(Retokenize::arrival).toList());
    producer.beginTransaction();
    try {
      outputs.records().forEach(producer::send); // one that fails makes the transaction fail
      producer.sendOffsetsToTransaction(behind(records), consumer.groupMetadata());
      producer.commitTransaction();
    } catch (RuntimeException e) {
      abort(e);
      throw e;
    }
    dead += outputs.deadLetters();
    written += outputs.records().size() - outputs.deadLetters();
  }

  private static Map<TopicPartition, OffsetAndMetadata> behind(
      List<ConsumerRecord<byte[], byte[]>> records) {
    Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
    records.forEach(
        record ->
            offsets.put(Backlog.partition(record), new OffsetAndMetadata(record.offset() + 1)));
    return offsets;
  }

  private void abort(RuntimeException thrown) {
    try {
      producer.abortTransaction();
    } catch (KafkaException e) {
      thrown.addSuppressed(e); // fenced: whoever took over has aborted it
    }
  }

  private Outputs tokenize(List<Arrival> arrivals) {
    List<Arrival> accepted = new ArrayList<>(arrivals.size());
    List<I> inputs = new ArrayList<>(arrivals.size());
    List<ProducerRecord<byte[], byte[]>> outputs = new ArrayList<>(arrivals.size());
    for (Arrival arrival : arrivals) {
      Verdict<I> verdict = job.read(arrival);
      if (verdict instanceof Accepted<I> input) {
        accepted.add(arrival);
        inputs.add(input.value());
      } else {
        outputs.add(deadLetter(arrival, (Rejected<I>) verdict));
      }
    }
    int unread = outputs.size();
    List<Verdict<ImageTokens>> verdicts =
        inputs.isEmpty() ? List.of() : job.run(inputs, Instant.now());
    int refused = 0;
    for (int i = 0; i < verdicts.size(); i++) {
      if (verdicts.get(i) instanceof Accepted<ImageTokens> tokens) {
        outputs.add(tokens(accepted.get(i), tokens.value()));
      } else {
        outputs.add(deadLetter(accepted.get(i), (Rejected<ImageTokens>) verdicts.get(i)));
        refused++;
      }
    }
    return new Outputs(outputs, unread + refused);
  }

  /**
   * What a batch came to.
   *
   * @param records one for each that was read
   * @param deadLetters how many of them are such
   */
  private record Outputs(List<ProducerRecord<byte[], byte[]>> records, int deadLetters) {}

  private ProducerRecord<byte[], byte[]> tokens(Arrival arrival, ImageTokens tokens) {
    Record<byte[], ?> output = Outcome.output(arrival, tokens);
    byte[] value = serializer.serialize(settings.tokens(), output.headers(), tokens);
    return record(settings.tokens(), output.withValue(value));
  }

  private ProducerRecord<byte[], byte[]> deadLetter(Arrival arrival, Rejected<?> rejected) {
    var letter = Outcome.<byte[]>deadLetter(arrival, rejected, NAME);
    var whole = letter.withValue((Outcome.DeadLetter<byte[]>) letter.value());
    return record(
        settings.deadLetters(),
        Outcomes.fitted(whole, settings.letters(), settings.mostDeadLetterBytes()));
  }

  private static ProducerRecord<byte[], byte[]> record(
      String topic, Record<byte[], byte[]> record) {
    return new ProducerRecord<>(
        topic, null, record.timestamp(), record.key(), record.value(), record.headers());
  }

  private Progress progress(Backlog backlog) {
    return new Progress(
        backlog.passed(),
        backlog.total(),
        written,
        dead,
        Duration.ofNanos(System.nanoTime() - began));
  }

  private static Arrival arrival(ConsumerRecord<byte[], byte[]> record) {
    long timestamp = record.timestamp() >= 0 ? record.timestamp() : System.currentTimeMillis();
    return new Arrival(
        record.key(),
        record.value(),
        timestamp,
        record.headers(),
        new Origin(record.topic(), record.partition(), record.offset()));
  }
}
