package io.lgvq.cli.demo;

import io.lgvq.schemas.event.Answer;
import io.lgvq.schemas.event.Caption;
import io.lgvq.schemas.event.ImageTokens;
import io.lgvq.schemas.event.Question;
import io.lgvq.schemas.event.Reconstruction;
import io.lgvq.schemas.problem.UnreadableRecordException;
import io.lgvq.topology.config.TopicNames;
import io.lgvq.topology.deadletter.DeadLetters;
import io.lgvq.topology.event.EventSerdes;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.serialization.Deserializer;

/**
 * Reads what comes back of the scenes, committed records alone, and tells the screen.
 *
 * <p>Threading: one thread.
 */
final class Harvest {
  private static final Duration POLL = Duration.ofMillis(50);

  private final Map<String, SceneProgress> scenes = new LinkedHashMap<>();
  private final Consumer<byte[], byte[]> consumer;
  private final TopicNames topics;
  private final Map<String, Deserializer<?>> values;
  private final Deserializer<Question> questions;
  private final Screen screen;
  private int deadLetters;

  /**
   * @param scenes what was or will be sent
   * @param consumer assigned or subscribed to the output topics and the dead letters; borrowed
   * @param topics names of all topics
   * @param serdes read the events
   * @param screen hears of each caption and answer
   */
  Harvest(
      List<SceneProgress> scenes,
      Consumer<byte[], byte[]> consumer,
      TopicNames topics,
      EventSerdes serdes,
      Screen screen) {
    scenes.forEach(scene -> this.scenes.put(scene.scene().id(), scene));
    this.consumer = consumer;
    this.topics = topics;
    this.screen = screen;
    this.questions = serdes.questions().deserializer();
    this.values =
        Map.of(
            topics.tokens(), serdes.tokens().deserializer(),
            topics.captions(), serdes.captions().deserializer(),
            topics.reconstructions(), serdes.reconstructions().deserializer(),
            topics.answers(), serdes.answers().deserializer());
  }

  /**
   * Reads until every scene is settled, or nothing has come for too long.
   *
   * @param patience longest silence
   */
  void awaitAll(Duration patience) {
    long last = System.nanoTime();
    while (!settled() && System.nanoTime() - last < patience.toNanos()) {
      var records = consumer.poll(POLL);
      records.forEach(this::take);
      if (!records.isEmpty()) {
        last = System.nanoTime();
      }
    }
  }

  /** Records in the dead letters so far. */
  int deadLetters() {
    return deadLetters;
  }

  private boolean settled() {
    return scenes.values().stream().allMatch(SceneProgress::settled);
  }

  private void take(ConsumerRecord<byte[], byte[]> record) {
    String imageId = record.key() == null ? "" : new String(record.key(), StandardCharsets.UTF_8);
    Optional<SceneProgress> scene = Optional.ofNullable(scenes.get(imageId));
    if (record.topic().equals(topics.deadLetters())) {
      deadLetters++;
      bury(record, imageId, scene);
      return;
    }
    Object event =
        values.get(record.topic()).deserialize(record.topic(), record.headers(), record.value());
    scene.ifPresent(found -> take(found, event));
  }

  /** A dead letter tells by the topic it was read from whether an image died or a question. */
  private void bury(
      ConsumerRecord<byte[], byte[]> letter, String imageId, Optional<SceneProgress> scene) {
    String reason = header(letter, DeadLetters.REASON) + ": " + header(letter, DeadLetters.DETAIL);
    if (header(letter, DeadLetters.TOPIC).equals(topics.questions())) {
      questionId(letter).ifPresent(id -> scene.ifPresent(found -> found.refused(id, reason)));
      screen.refusedQuestion(imageId, reason);
    } else {
      scene.ifPresent(found -> found.refused(reason));
      screen.refused(imageId, reason);
    }
  }

  private Optional<String> questionId(ConsumerRecord<byte[], byte[]> letter) {
    try {
      Question question = questions.deserialize(topics.questions(), letter.value());
      return Optional.ofNullable(question).map(Question::getQuestionId);
    } catch (UnreadableRecordException e) {
      return Optional.empty(); // somebody else's record: ours can be read
    }
  }

  private void take(SceneProgress scene, Object event) {
    if (event instanceof ImageTokens tokens) {
      scene.take(tokens);
    } else if (event instanceof Caption caption) {
      scene.take(caption);
      screen.captioned(scene);
    } else if (event instanceof Reconstruction reconstruction) {
      scene.take(reconstruction);
    } else if (event instanceof Answer answer) {
      scene.take(answer);
      screen.answered(scene, answer);
    }
  }

  private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
    return Optional.ofNullable(record.headers().lastHeader(name))
        .map(header -> new String(header.value(), StandardCharsets.UTF_8))
        .orElse("");
  }
}
