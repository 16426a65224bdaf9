package io.lgvq.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.lgvq.schemas.event.Answer;
import io.lgvq.schemas.event.AnswerStatus;
import io.lgvq.schemas.event.Caption;
import io.lgvq.schemas.event.CodebookReference;
import io.lgvq.schemas.event.ImageTokens;
import io.lgvq.schemas.event.Question;
import io.lgvq.schemas.event.Reconstruction;
import io.lgvq.schemas.registry.SchemaRegistry;
import io.lgvq.topology.config.TopicNames;
import io.lgvq.topology.deadletter.DeadLetters;
import io.lgvq.topology.event.EventSerdes;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.common.serialization.Serde;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HarvestTest {
  private static final Scene.Asked GOOD =
      new Scene.Asked("bus.q1", "what is it?", Optional.empty());
  private static final Scene.Asked LONG =
      new Scene.Asked("bus.q2", "why? ".repeat(300), Optional.empty());

  private final TopicNames topics = TopicNames.standard();
  private final EventSerdes serdes = serdes();
  private final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("earliest");
  private final Map<String, Long> ends = new HashMap<>();
  private final StringWriter said = new StringWriter();
  private final SceneProgress bus =
      new SceneProgress(new Scene("bus", Path.of("bus.jpg"), "image/jpeg", List.of(GOOD, LONG)));

  @BeforeEach
  void assign() {
    List<TopicPartition> partitions =
        List.of(
                topics.tokens(),
                topics.captions(),
                topics.answers(),
                topics.reconstructions(),
                topics.deadLetters())
            .stream()
            .map(topic -> new TopicPartition(topic, 0))
            .toList();
    consumer.assign(partitions);
    Map<TopicPartition, Long> beginnings = new HashMap<>();
    partitions.forEach(partition -> beginnings.put(partition, 0L));
    consumer.updateBeginningOffsets(beginnings);
    consumer.seekToBeginning(partitions);
  }

  @Test
  void shouldBringBackAllOfASceneThoughOneOfItsQuestionsWasRefused() {
    refused(topics.questions(), serdes.questions(), question(LONG), "question-too-long");
    everythingBut(LONG);

    harvest();

    assertThat(bus.refusal()).isEmpty();
    assertThat(bus.caption()).map(Caption::getText).contains("a bus");
    assertThat(bus.answer(GOOD)).isPresent();
    assertThat(bus.refusal(LONG)).hasValueSatisfying(why -> assertThat(why).contains("too-long"));
    assertThat(bus.settled()).isTrue();
    assertThat(bus.missing())
        .singleElement()
        .asString()
        .contains("why?", "refused, question-too-long")
        .hasSizeLessThan(200);
    assertThat(said.toString()).contains("question refused, question-too-long");
  }

  @Test
  void shouldSettleASceneWhoseImageWasRefused() {
    refused(topics.images(), serdes.questions(), question(GOOD), "image-corrupt");

    Harvest harvest = harvest();

    assertThat(harvest.deadLetters()).isEqualTo(1);
    assertThat(bus.refusal()).hasValueSatisfying(why -> assertThat(why).contains("image-corrupt"));
    assertThat(bus.settled()).isTrue();
  }

  /** Returns when the scene is settled; a minute of silence is a failure that the asserts tell. */
  private Harvest harvest() {
    Screen screen = new Screen(new PrintWriter(said), false, Instant.now());
    Harvest harvest = new Harvest(List.of(bus), consumer, topics, serdes, screen);
    harvest.awaitAll(Duration.ofMinutes(1));
    return harvest;
  }

  private void everythingBut(Scene.Asked missing) {
    Instant now = Instant.EPOCH;
    CodebookReference codebook = new CodebookReference("book", "1", "digest", 2);
    add(
        topics.tokens(),
        serdes.tokens(),
        ImageTokens.newBuilder()
            .setImageId("bus")
            .setCodebook(codebook)
            .setHeight(1)
            .setWidth(2)
            .setCodes(List.of(0, 1))
            .setQuantizationError(0)
            .setTokenizedAt(now)
            .build());
    add(
        topics.captions(),
        serdes.captions(),
        Caption.newBuilder()
            .setImageId("bus")
            .setText("a bus")
            .setLogProbability(-1)
            .setModelName("model")
            .setModelVersion("1")
            .setCodebookDigest("digest")
            .setCaptionedAt(now)
            .build());
    add(
        topics.reconstructions(),
        serdes.reconstructions(),
        Reconstruction.newBuilder()
            .setImageId("bus")
            .setData(ByteBuffer.allocate(1))
            .setWidth(1)
            .setHeight(1)
            .setModelName("model")
            .setModelVersion("1")
            .setCodebookDigest("digest")
            .setReconstructedAt(now)
            .build());
    for (Scene.Asked asked : bus.scene().questions()) {
      if (!asked.equals(missing)) {
        add(
            topics.answers(),
            serdes.answers(),
            Answer.newBuilder()
                .setQuestionId(asked.id())
                .setImageId("bus")
                .setQuestion(asked.text())
                .setStatus(AnswerStatus.ANSWERED)
                .setText("bus")
                .setProbability(1)
                .setModelName("model")
                .setModelVersion("1")
                .setAnsweredAt(now)
                .build());
      }
    }
  }

  private static Question question(Scene.Asked asked) {
    return new Question(asked.id(), "bus", asked.text());
  }

  private <T> void add(String topic, Serde<T> serde, T event) {
    consumer.addRecord(letter(topic, serde.serializer().serialize(topic, event)));
  }

  private <T> void refused(String origin, Serde<T> serde, T event, String reason) {
    var letter = letter(topics.deadLetters(), serde.serializer().serialize(origin, event));
    letter.headers().add(DeadLetters.TOPIC, origin.getBytes(StandardCharsets.UTF_8));
    letter.headers().add(DeadLetters.REASON, reason.getBytes(StandardCharsets.UTF_8));
    consumer.addRecord(letter);
  }

  private ConsumerRecord<byte[], byte[]> letter(String topic, byte[] value) {
    long offset = ends.merge(topic, 1L, Long::sum) - 1;
    return new ConsumerRecord<>(
        topic,
        0,
        offset,
        0,
        TimestampType.CREATE_TIME,
        3,
        value.length,
        "bus".getBytes(StandardCharsets.UTF_8),
        value,
        new RecordHeaders(),
        Optional.empty());
  }

  private static EventSerdes serdes() {
    Map<String, Object> settings = Map.of("schema.registry.url", "mock://harvest");
    return EventSerdes.avro(SchemaRegistry.connect(settings), settings);
  }
}
