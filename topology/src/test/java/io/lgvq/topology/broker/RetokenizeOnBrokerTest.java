package io.lgvq.topology.broker;

import static io.lgvq.topology.rig.Events.greys;
import static io.lgvq.topology.rig.Events.image;
import static io.lgvq.topology.rig.SmallModel.FOREIGN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lgvq.operators.rollout.Rollout;
import io.lgvq.schemas.event.ImageTokens;
import io.lgvq.topology.batch.BatchJob;
import io.lgvq.topology.claimcheck.ClaimCheck;
import io.lgvq.topology.claimcheck.ClaimCheckSettings;
import io.lgvq.topology.config.DeadLetterSettings;
import io.lgvq.topology.config.RecordLimits;
import io.lgvq.topology.config.RetrySettings;
import io.lgvq.topology.config.StageSettings;
import io.lgvq.topology.config.TopicNames;
import io.lgvq.topology.deadletter.DeadLetters;
import io.lgvq.topology.event.EventSerdes;
import io.lgvq.topology.observe.StageListener;
import io.lgvq.topology.retokenize.Progress;
import io.lgvq.topology.retokenize.Retokenize;
import io.lgvq.topology.retokenize.RetokenizeClients;
import io.lgvq.topology.retokenize.RetokenizeSettings;
import io.lgvq.topology.rig.Cluster;
import io.lgvq.topology.rig.Committed;
import io.lgvq.topology.rig.Feed;
import io.lgvq.topology.rig.SmallBundle;
import io.lgvq.topology.rig.StageDriver;
import io.lgvq.topology.stage.TokenizeStage;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RetokenizeOnBrokerTest {

  private static final int IMAGES = 60;
  private static final int BATCH = 8;
  private static final int NEVER = 0;

  private final Cluster cluster = Cluster.get();
  private final EventSerdes serdes = cluster.serdes();
  private final TopicNames topics = cluster.topics(cluster.newPrefix(), 2);
  private final SmallBundle bundle = new SmallBundle(FOREIGN);
  private final Feed feed = new Feed(cluster.bootstrapServers());
  private Duration transactionTimeout = Duration.ofMinutes(1);
  private int dyingTransaction = NEVER;

  @AfterEach
  void close() {
    feed.close();
  }

  @Test
  void shouldTokenizeEachImageOnceAndBuryWhatItCannotRead() {
    send(0, IMAGES);
    feed.send(topics.images(), "broken", image("broken", new byte[] {1}), serdes.images());
    feed.flush();
    List<Progress> heard = new ArrayList<>();

    Progress end = run(false, heard);

    assertThat(end.written()).isEqualTo(IMAGES);
    assertThat(end.deadLetters()).isEqualTo(1);
    assertThat(end.passed()).isEqualTo(end.total()).isEqualTo(IMAGES + 1);
    assertThat(heard).isNotEmpty();
    List<ConsumerRecord<String, byte[]>> written = written();
    assertThat(written)
        .extracting(ConsumerRecord::key)
        .containsExactlyInAnyOrderElementsOf(ids(0, IMAGES));
    assertThat(written)
        .allSatisfy(
            record -> {
              ImageTokens tokens =
                  serdes.tokens().deserializer().deserialize(topics.tokens(), record.value());
              assertThat(tokens.getCodebook().getDigest()).isEqualTo(FOREIGN.digest());
              assertThat(record.timestamp()).isEqualTo(StageDriver.SENT.toEpochMilli());
              assertThat(record.headers().lastHeader("traceparent").value())
                  .isEqualTo(record.key().getBytes(StandardCharsets.UTF_8));
            });
    try (var dead = new Committed(cluster.bootstrapServers(), topics.deadLetters())) {
      assertThat(dead.atLeast(1))
          .singleElement()
          .satisfies(
              letter -> {
                assertThat(letter.key()).isEqualTo("broken");
                assertThat(header(letter, DeadLetters.REASON)).isEqualTo("image-corrupt");
                assertThat(header(letter, DeadLetters.STAGE)).isEqualTo("retokenize");
              });
    }
  }

  @Test
  void shouldGoOnAfterItWasKilledAndDoubleNothing() {
    send(0, IMAGES);
    // Dies in the middle of a transaction that nobody ends, as by kill -9.
    dyingTransaction = 4;
    assertThatThrownBy(() -> run(false, new ArrayList<>())).hasMessage("killed");
    dyingTransaction = NEVER;

    Progress end = run(false, new ArrayList<>());

    assertThat(end.written()).isPositive().isLessThan(IMAGES);
    assertThat(written())
        .extracting(ConsumerRecord::key)
        .containsExactlyInAnyOrderElementsOf(ids(0, IMAGES));
  }

  @Test
  void shouldGoOnWithNewImagesAndBeginAnewWhenTold() {
    send(0, 10);
    assertThat(run(false, new ArrayList<>()).written()).isEqualTo(10);
    assertThat(run(false, new ArrayList<>()).written()).isZero();
    send(10, 15);
    assertThat(run(false, new ArrayList<>()).written()).isEqualTo(5);

    assertThat(run(true, new ArrayList<>()).written()).isEqualTo(15);
    assertThat(written()).hasSize(30);
  }

  @Test
  void shouldOutlastWorkThatTakesLongerThanATransactionMay() {
    transactionTimeout = Duration.ofMillis(500);
    bundle.tokenizer.refuse(
        picture -> {
          pause(transactionTimeout.multipliedBy(2)); // the broker ends overdue ones every 200 ms
          return false;
        });
    send(0, 2);

    assertThat(run(false, new ArrayList<>()).written()).isEqualTo(2);
  }

  private static void pause(Duration time) {
    try {
      Thread.sleep(time.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private Progress run(boolean fromBeginning, List<Progress> heard) {
    var clients =
        new RetokenizeClients(
            Map.of(
                "bootstrap.servers",
                cluster.bootstrapServers(),
                "transaction.timeout.ms",
                Long.toString(transactionTimeout.toMillis())),
            RetokenizeSettings.group(topics.tokens(), FOREIGN.digest()),
            BATCH,
            RecordLimits.of(1 << 20));
    var consumer =
        new KafkaConsumer<>(
            clients.consumer(), new ByteArrayDeserializer(), new ByteArrayDeserializer());
    var producer = new MortalProducer(clients.producer());
    try {
      return job(stage().job(), consumer, producer).run(fromBeginning, heard::add);
    } finally {
      // At once, for an orderly close would wait for the transaction or end it.
      producer.close(Duration.ZERO);
      consumer.close();
    }
  }

  private <I> Retokenize<I> job(
      BatchJob<I, ImageTokens> work,
      KafkaConsumer<byte[], byte[]> consumer,
      KafkaProducer<byte[], byte[]> producer) {
    var settings =
        new RetokenizeSettings(
            topics.images(),
            topics.tokens(),
            topics.deadLetters(),
            BATCH,
            new RetrySettings(1, Duration.ZERO),
            DeadLetterSettings.whole(),
            1 << 20);
    return new Retokenize<>(settings, work, serdes.tokens().serializer(), consumer, producer);
  }

  /** Dies with a transaction open, in which records lie already. */
  private final class MortalProducer extends KafkaProducer<byte[], byte[]> {
    private int transactions;

    MortalProducer(Map<String, Object> properties) {
      super(properties, new ByteArraySerializer(), new ByteArraySerializer());
    }

    @Override
    public void sendOffsetsToTransaction(
        Map<TopicPartition, OffsetAndMetadata> offsets, ConsumerGroupMetadata group) {
      if (++transactions == dyingTransaction) {
        flush();
        throw new AssertionError("killed");
      }
      super.sendOffsetsToTransaction(offsets, group);
    }
  }

  private TokenizeStage stage() {
    return new TokenizeStage(
        StageSettings.standard(),
        serdes,
        StageListener.none(),
        new ClaimCheck(ClaimCheckSettings.off()),
        new Rollout(bundle.loaded()));
  }

  private void send(int from, int to) {
    ids(from, to)
        .forEach(id -> feed.send(topics.images(), id, greys(id, 1, 2, 3, 4), serdes.images()));
    feed.flush();
  }

  private static List<String> ids(int from, int to) {
    return IntStream.range(from, to).mapToObj(i -> "image-" + i).toList();
  }

  private List<ConsumerRecord<String, byte[]>> written() {
    try (var tokens = new Committed(cluster.bootstrapServers(), topics.tokens())) {
      return List.copyOf(tokens.untilQuiet(Duration.ofSeconds(1)));
    }
  }

  private static String header(ConsumerRecord<?, ?> record, String name) {
    return new String(record.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
  }
}
