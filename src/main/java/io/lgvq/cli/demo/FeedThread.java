package io.lgvq.cli.demo;

import io.lgvq.schemas.event.ImageBytes;
import io.lgvq.schemas.event.ImageEvent;
import io.lgvq.schemas.event.Question;
import io.lgvq.topology.config.TopicNames;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;

/**
 * Sends the scenes into Kafka as any other client would, some twenty a second; of every third scene
 * the questions go first, for a question may come before its image.
 *
 * <p>Threading: one thread of its own. The producer is borrowed.
 */
final class FeedThread extends Thread {
  private static final long PAUSE_MS = 50;

  private final List<SceneProgress> scenes;
  private final Producer<String, SpecificRecord> producer;
  private final TopicNames topics;
  private final AtomicReference<Exception> failure = new AtomicReference<>();

  FeedThread(
      List<SceneProgress> scenes, Producer<String, SpecificRecord> producer, TopicNames topics) {
    super("demo-feed");
    setDaemon(true);
    this.scenes = scenes;
    this.producer = producer;
    this.topics = topics;
  }

  /** Why a record could not be sent, if one could not. */
  Optional<Exception> failure() {
    return Optional.ofNullable(failure.get());
  }

  @Override
  public void run() {
    try {
      for (int i = 0; i < scenes.size(); i++) {
        boolean questionsFirst = i % 3 == 2;
        if (questionsFirst) {
          ask(scenes.get(i).scene());
        }
        show(scenes.get(i));
        if (!questionsFirst) {
          ask(scenes.get(i).scene());
        }
        TimeUnit.MILLISECONDS.sleep(PAUSE_MS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      failure.set(e);
    }
  }

  private void show(SceneProgress progress) {
    Scene scene = progress.scene();
    ImageEvent event =
        ImageEvent.newBuilder()
            .setImageId(scene.id())
            .setContent(new ImageBytes(ByteBuffer.wrap(scene.image())))
            .setMediaType(scene.mediaType())
            .setSource("demo")
            .build();
    progress.sent();
    send(topics.images(), scene.id(), event);
  }

  private void ask(Scene scene) {
    for (Scene.Asked question : scene.questions()) {
      send(
          topics.questions(), scene.id(), new Question(question.id(), scene.id(), question.text()));
    }
  }

  private void send(String topic, String key, SpecificRecord value) {
    Future<RecordMetadata> unused = // the callback hears of a failure
        producer.send(
            new ProducerRecord<>(topic, key, value),
            (metadata, refused) -> {
              if (refused != null) {
                failure.compareAndSet(null, refused);
              }
            });
  }
}
