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
 * <p>Threading: {@link #sent} is called by the feeding thread before the record goes out, {@link
 * #refused(String)} by any thread, all else by the thread that reads results.
 */
final class SceneProgress {
  /** Of a question, where it only says which one is meant. */
  private static final int LONGEST_TEXT = 60;

  private final Scene scene;
  private final Map<String, Answer> answers = new LinkedHashMap<>();
  private final Map<String, String> refusedQuestions = new LinkedHashMap<>();
  private volatile long sentAt;
  private volatile String refusal = "";
  private Optional<ImageTokens> tokens = Optional.empty();
  private Optional<Caption> caption = Optional.empty();
  private Optional<Reconstruction> reconstruction = Optional.empty();
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

  /** The image was refused, so nothing more is to come. */
  void refused(String reason) {
    refusal = reason;
  }

  /** One question was refused; the image and its other questions go on. */
  void refused(String questionId, String reason) {
    refusedQuestions.put(questionId, reason);
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
    return Optional.of(refusal).filter(reason -> !reason.isEmpty());
  }

  Optional<String> refusal(Scene.Asked question) {
    return Optional.ofNullable(refusedQuestions.get(question.id()));
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
        String why = refusal(question).map(reason -> " (refused, " + reason + ")").orElse("");
        missing.add("answer to '" + shortened(question.text()) + "'" + why);
      }
    }
    return missing;
  }

  /** Whether nothing more is to come: all is there or refused. */
  boolean settled() {
    return refusal().isPresent()
        || (tokens.isPresent()
            && caption.isPresent()
            && reconstruction.isPresent()
            && scene.questions().stream()
                .map(Scene.Asked::id)
                .allMatch(id -> answers.containsKey(id) || refusedQuestions.containsKey(id)));
  }

  private static String shortened(String text) {
    return text.length() <= LONGEST_TEXT ? text : text.substring(0, LONGEST_TEXT) + "\u2026";
  }

  private Duration sinceSent() {
    return Duration.ofNanos(System.nanoTime() - sentAt);
  }
}
