package io.lgvq.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.lgvq.schemas.event.ImageBytes;
import io.lgvq.schemas.event.ImageEvent;
import io.lgvq.topology.config.TopicNames;
import java.io.PrintWriter;
import java.io.RandomAccessFile;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.RoundRobinPartitioner;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FeedThreadTest {
  @TempDir private Path folder;

  private final TopicNames topics = TopicNames.standard();
  private final StringWriter said = new StringWriter();

  @Test
  void shouldReadEachFileWhenItsTurnComes() throws Exception {
    SceneProgress late = scene("late.png");
    FeedThread feed = feed(producer(true), late);
    Files.writeString(late.scene().path(), "written after the scenes were made");

    run(feed);

    assertThat(late.refusal()).isEmpty();
    assertThat(feed.failure()).isEmpty();
  }

  @Test
  void shouldRefuseAFileThatKafkaDoesNotTakeAndSendTheOthers() throws Exception {
    SceneProgress huge = scene("huge.png");
    try (RandomAccessFile sparse = new RandomAccessFile(huge.scene().path().toFile(), "rw")) {
      sparse.setLength(SceneFile.LARGEST + 1L);
    }
    SceneProgress missing = scene("missing.png");
    SceneProgress good = scene("good.png");
    Files.writeString(good.scene().path(), "good");
    MockProducer<String, SpecificRecord> producer = producer(true);

    FeedThread feed = feed(producer, huge, missing, good);
    run(feed);

    assertThat(feed.failure()).isEmpty();
    assertThat(huge.refusal()).hasValueSatisfying(why -> assertThat(why).contains("too-large"));
    assertThat(missing.refusal()).isPresent();
    assertThat(good.refusal()).isEmpty();
    assertThat(said.toString()).contains("huge.png", "missing.png").doesNotContain("good.png");
    assertThat(producer.history())
        .as("nothing is asked of what is not sent")
        .extracting(sent -> sent.key())
        .containsOnly("good.png")
        .hasSize(2);
    ImageEvent image =
        (ImageEvent)
            producer.history().stream()
                .filter(sent -> sent.topic().equals(topics.images()))
                .findFirst()
                .orElseThrow()
                .value();
    assertThat(((ImageBytes) image.getContent()).getData().remaining()).isEqualTo(4);
  }

  @Test
  void shouldTellARecordThatIsTooLargeFromAKafkaThatTakesNone() throws Exception {
    SceneProgress large = scene("large.png");
    Files.writeString(large.scene().path(), "large for this broker");
    MockProducer<String, SpecificRecord> producer = producer(false);
    FeedThread feed = feed(producer, large);
    run(feed);

    producer.errorNext(new RecordTooLargeException("too large"));
    assertThat(large.refusal()).isPresent();
    assertThat(feed.failure()).isEmpty();

    producer.errorNext(new TimeoutException("no broker"));
    assertThat(feed.failure()).isPresent();
  }

  private SceneProgress scene(String file) {
    return new SceneProgress(
        new Scene(
            file,
            folder.resolve(file),
            "image/png",
            List.of(new Scene.Asked(file + ".q1", "what is it?", Optional.empty()))));
  }

  private FeedThread feed(MockProducer<String, SpecificRecord> producer, SceneProgress... scenes) {
    Screen screen = new Screen(new PrintWriter(said), false, Instant.now());
    return new FeedThread(List.of(scenes), producer, topics, screen);
  }

  private static void run(FeedThread feed) throws InterruptedException {
    feed.start();
    feed.join(60_000);
    assertThat(feed.isAlive()).isFalse();
  }

  private static MockProducer<String, SpecificRecord> producer(boolean autoComplete) {
    Serializer<SpecificRecord> unread = (topic, record) -> new byte[0];
    return new MockProducer<>(
        autoComplete, new RoundRobinPartitioner(), new StringSerializer(), unread);
  }
}
