package io.lgvq.cli.demo;

import io.lgvq.schemas.event.ImageBytes;
import io.lgvq.schemas.event.ImageEvent;
import io.lgvq.schemas.event.Question;
import io.lgvq.topology.config.TopicNames;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.errors.RecordTooLargeException;

/**
 * Sends the scenes into Kafka as any other client would, some twenty a second; of every third scene
 * the questions go first, for a question may come before its image. Each file is read when its turn
 * comes; one that cannot be sent costs its own scene and no other.
 *
 * <p>Threading: one thread of its own. The producer is borrowed.
 */
final class FeedThread extends Thread {
  private static final long PAUSE_MS = 50;

  private final List<SceneProgress> scenes;
  private final Producer<String, SpecificRecord> producer;
  private final TopicNames topics;
  private final Screen screen;
  private final AtomicReference<Exception> failure = new AtomicReference<>();

  /**
   * @param scenes what is sent, in this order
   * @param producer borrowed
   * @param topics names of all topics
   * @param screen hears of scenes that cannot be sent
   */
  FeedThread(
      List<SceneProgress> scenes,
      Producer<String, SpecificRecord> producer,
      TopicNames topics,
      Screen screen) {
    super("demo-feed");
    setDaemon(true);
    this.scenes = scenes;
    this.producer = producer;
    this.topics = topics;
    this.screen = screen;
  }

  /** Why Kafka takes no records, if it does not. */
  Optional<Exception> failure() {
    return Optional.ofNullable(failure.get());
  }

  @Override
  public void run() {
    try {
      for (int i = 0; i < scenes.size(); i++) {
        feed(scenes.get(i), i % 3 == 2);
        TimeUnit.MILLISECONDS.sleep(PAUSE_MS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      failure.set(e);
    }
  }

  private void feed(SceneProgress progress, boolean questionsFirst) {
    byte[] image;
    try {
      image = SceneFile.read(progress.scene());
    } catch (SceneFile.TooLarge e) {
      refuse(progress, "file-too-large: " + e.getMessage());
      return;
    } catch (IOException e) {
      refuse(progress, "file-unreadable: " + e);
      return;
    }
    if (questionsFirst) {
      ask(progress.scene());
    }
    show(progress, image);
    if (!questionsFirst) {
      ask(progress.scene());
    }
  }

  private void show(SceneProgress progress, byte[] image) {
    Scene scene = progress.scene();
    ImageEvent event =
        ImageEvent.newBuilder()
            .setImageId(scene.id())
            .setContent(new ImageBytes(ByteBuffer.wrap(image)))
            .setMediaType(scene.mediaType())
            .setSource("demo")
            .build();
    progress.sent();
    send(
        topics.images(),
        scene.id(),
        event,
        (metadata, refused) -> {
          if (refused instanceof RecordTooLargeException) {
            refuse(progress, "file-too-large: " + refused.getMessage());
          } else {
            remember(refused);
          }
        });
  }

  private void ask(Scene scene) {
    for (Scene.Asked question : scene.questions()) {
      send(
          topics.questions(),
          scene.id(),
          new Question(question.id(), scene.id(), question.text()),
          (metadata, refused) -> remember(refused));
    }
  }

  private void send(String topic, String key, SpecificRecord value, Callback callback) {
    Future<RecordMetadata> unused = // the callback hears of a failure
        producer.send(new ProducerRecord<>(topic, key, value), callback);
  }

  private void refuse(SceneProgress progress, String reason) {
    progress.refused(reason);
    screen.refused(progress.scene().id(), reason);
  }

  private void remember(Exception refused) {
    if (refused != null) {
      failure.compareAndSet(null, refused);
    }
  }
}
