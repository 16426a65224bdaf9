package io.lgvq.app.results;

import io.lgvq.schemas.event.Answer;
import io.lgvq.schemas.event.Caption;
import io.lgvq.schemas.event.ImageTokens;
import io.lgvq.schemas.event.Reconstruction;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What is known of one image. Not safe for threads by itself: {@link Results} guards it with its
 * lock.
 */
final class ImageResults {
  private static final int MAX_ANSWERS = 256;

  private final Map<String, Answer> answers =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Answer> eldest) {
          return size() > MAX_ANSWERS;
        }
      };
  private Optional<ImageTokens> tokens = Optional.empty();
  private Optional<Caption> caption = Optional.empty();
  private Optional<Reconstruction> reconstruction = Optional.empty();
  private Optional<Refusal> refusal = Optional.empty();

  void put(ImageTokens value) {
    tokens = Optional.of(value);
  }

  void put(Caption value) {
    caption = Optional.of(value);
  }

  void put(Reconstruction value) {
    reconstruction = Optional.of(value);
  }

  void put(Refusal value) {
    refusal = Optional.of(value);
  }

  void put(Answer value) {
    answers.put(value.getQuestionId(), value);
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

  Optional<Refusal> refusal() {
    return refusal;
  }

  Optional<Answer> answer(String questionId) {
    return Optional.ofNullable(answers.get(questionId));
  }
}
