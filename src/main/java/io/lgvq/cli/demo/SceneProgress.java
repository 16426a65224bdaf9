package io.lgvq.cli.demo;

import io.lgvq.schemas.event.Answer;
import io.lgvq.schemas.event.Caption;
import io.lgvq.schemas.event.ImageTokens;
import io.lgvq.schemas.event.Reconstruction;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What has come back of one scene so far, and how long it took from the send.
 *
 * <p>Threading: {@link #sent} is called by the feeding thread before the record goes out, all else
 * by the thread that reads results.
 */
final class SceneProgress {
  private final Scene scene;
  private final Map<String, Answer> answers = new LinkedHashMap<>();
  private volatile long sentAt;
  private Optional<ImageTokens> tokens = Optional.empty();
  private Optional<Caption> caption = Optional.empty();
  private Optional<Reconstruction> reconstruction = Optional.empty();
  private Optional<String> refusal = Optional.empty();
  private Optional<Duration> tokensLatency = Optional.empty();
  private Optional<Duration> captionLatency = Optional.empty();

  SceneProgress(Scene scene) {
    this.scene = scene;
  }

  void sent() {
    sentAt = System.nanoTime();
  }

  void take(ImageTokens event) {
    tokens = Optional.of(event);
    tokensLatency = Optional.of(sinceSent());
  }

  void take(Caption event) {
    caption = Optional.of(event);
    captionLatency = Optional.of(sinceSent());
  }

  void take(Reconstruction event) {
    reconstruction = Optional.of(event);
  }

  void take(Answer event) {
    answers.put(event.getQuestionId(), event);
  }

  void refused(String reason) {
    refusal = Optional.of(reason);
  }

  Scene scene() {
    return scene;
  }

  Optional<ImageTokens> tokens() {
    return tokens;
  }

  Optional<Caption> caption() {
    return caption;
  }

  Optional<Reconstruction> reconstruction() {
    return reconstruction;
  }

  Optional<String> refusal() {
    return refusal;
  }

  Optional<Answer> answer(Scene.Asked question) {
    return Optional.ofNullable(answers.get(question.id()));
  }

  Optional<Duration> tokensLatency() {
    return tokensLatency;
  }

  Optional<Duration> captionLatency() {
    return captionLatency;
  }

  /** What is still to come, in words; empty when all is there. */
  List<String> missing() {
    List<String> missing = new ArrayList<>();
    if (tokens.isEmpty()) {
      missing.add("tokens");
    }
    if (caption.isEmpty()) {
      missing.add("caption");
    }
    if (reconstruction.isEmpty()) {
      missing.add("reconstruction");
    }
    for (Scene.Asked question : scene.questions()) {
      if (!answers.containsKey(question.id())) {
        missing.add("answer to '" + question.text() + "'");
      }
    }
    return missing;
  }

  /** Whether nothing more is to come: all is there, or the image was refused. */
  boolean settled() {
    return refusal.isPresent() || missing().isEmpty();
  }

  private Duration sinceSent() {
    return Duration.ofNanos(System.nanoTime() - sentAt);
  }
}
