package io.lgvq.app.results;

import io.lgvq.schemas.event.Answer;
import io.lgvq.schemas.event.Caption;
import io.lgvq.schemas.event.ImageTokens;
import io.lgvq.schemas.event.Reconstruction;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * The latest results in memory, for look-ups by id: a view of the output topics, bounded by a
 * number of images. When it is full the image that was heard of first goes.
 *
 * <p>Threading: safe for any number of threads; one writes ({@link ResultsReader}), many read.
 */
public final class Results {
  private final Map<String, ImageResults> images;
  private final Map<String, CompletableFuture<Answer>> awaited = new ConcurrentHashMap<>();

  /**
   * @param maxImages most images to keep, at least 1
   */
  public Results(int maxImages) {
    this.images =
        new LinkedHashMap<>() {
          private static final long serialVersionUID = 1L;

          @Override
          protected boolean removeEldestEntry(Map.Entry<String, ImageResults> eldest) {
            return size() > maxImages;
          }
        };
  }

  /** Takes what one of the output topics said of an image; other values are not results. */
  public void put(Object value) {
    if (value instanceof ImageTokens tokens) {
      update(tokens.getImageId(), image -> image.put(tokens));
    } else if (value instanceof Caption caption) {
      update(caption.getImageId(), image -> image.put(caption));
    } else if (value instanceof Reconstruction reconstruction) {
      update(reconstruction.getImageId(), image -> image.put(reconstruction));
    } else if (value instanceof Answer answer) {
      update(answer.getImageId(), image -> image.put(answer));
      Optional.ofNullable(awaited.remove(answer.getQuestionId()))
          .ifPresent(waiting -> waiting.complete(answer));
    }
  }

  /** Takes a dead letter of an image. */
  public void refuse(String imageId, Refusal refusal) {
    update(imageId, image -> image.put(refusal));
  }

  /** The tokens of an image, if they have come. */
  public Optional<ImageTokens> tokens(String imageId) {
    return find(imageId, ImageResults::tokens);
  }

  /** The caption of an image, if it has come. */
  public Optional<Caption> caption(String imageId) {
    return find(imageId, ImageResults::caption);
  }

  /** The reconstruction of an image, if it has come. */
  public Optional<Reconstruction> reconstruction(String imageId) {
    return find(imageId, ImageResults::reconstruction);
  }

  /** The dead letter of an image, if it has one. */
  public Optional<Refusal> refusal(String imageId) {
    return find(imageId, ImageResults::refusal);
  }

  /** The answer to a question about an image, if it has come. */
  public Optional<Answer> answer(String imageId, String questionId) {
    return find(imageId, image -> image.answer(questionId));
  }

  /**
   * Completes when the answer comes. Call it before the question is sent; whoever loses patience
   * calls {@link #forget}.
   */
  public CompletableFuture<Answer> await(String questionId) {
    return awaited.computeIfAbsent(questionId, id -> new CompletableFuture<>());
  }

  /**
   * Nobody waits for this answer any longer. It is kept for look-ups all the same when it comes.
   */
  public void forget(String questionId) {
    awaited.remove(questionId);
  }

  private void update(String imageId, Consumer<ImageResults> change) {
    synchronized (images) {
      change.accept(images.computeIfAbsent(imageId, id -> new ImageResults()));
    }
  }

  private <T> Optional<T> find(String imageId, Function<ImageResults, Optional<T>> part) {
    synchronized (images) {
      return Optional.ofNullable(images.get(imageId)).flatMap(part);
    }
  }
}
