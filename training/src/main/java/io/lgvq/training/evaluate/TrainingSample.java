package io.lgvq.training.evaluate;

import io.lgvq.operators.image.Pixels;
import io.lgvq.training.corpus.Corpus;
import io.lgvq.training.corpus.Sample;
import io.lgvq.training.corpus.Sample.QuestionAnswer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * The baselines that need no model: what one knows from having looked at some training samples.
 *
 * <p>Threading: one thread.
 */
final class TrainingSample {

  private static final int THUMBNAIL = 8;

  private record Seen(float[] thumbnail, String caption) {}

  private final List<Seen> seen = new ArrayList<>();
  private final Map<String, Map<String, Integer>> answers = new HashMap<>();
  private final SplittableRandom random = new SplittableRandom(3);

  /**
   * @param images first samples of the training split to look at
   */
  TrainingSample(Corpus corpus, int images) {
    long count = Math.min(images, corpus.size("train"));
    for (long index = 0; index < count; index++) {
      Sample sample = corpus.sample("train", index);
      String longest =
          sample.captions().stream().max(Comparator.comparingInt(String::length)).orElse("");
      seen.add(new Seen(thumbnail(sample.pixels()), longest));
      for (QuestionAnswer question : sample.questions()) {
        answers
            .computeIfAbsent(question.type(), type -> new HashMap<>())
            .merge(question.answer(), 1, Integer::sum);
      }
    }
  }

  /** The most frequent answer to questions of a type; empty if none was seen. */
  String majority(String type) {
    return answers.getOrDefault(type, Map.of()).entrySet().stream()
        .max(
            Map.Entry.<String, Integer>comparingByValue().thenComparing(Map.Entry.comparingByKey()))
        .map(Map.Entry::getKey)
        .orElse("");
  }

  /** The longest caption of the image whose thumbnail differs least. */
  String nearestCaption(Pixels picture) {
    float[] thumbnail = thumbnail(picture);
    return seen.stream()
        .min(Comparator.comparingDouble(other -> distance(thumbnail, other.thumbnail())))
        .map(Seen::caption)
        .orElse("");
  }

  /** The longest caption of any image. */
  String randomCaption() {
    return seen.isEmpty() ? "" : seen.get(random.nextInt(seen.size())).caption();
  }

  private static double distance(float[] a, float[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      double difference = a[i] - b[i];
      sum += difference * difference;
    }
    return sum;
  }

  /** Mean colours of 8 x 8 parts. */
  private static float[] thumbnail(Pixels picture) {
    float[] sums = new float[THUMBNAIL * THUMBNAIL * 3];
    int[] counts = new int[sums.length];
    byte[] rgb = picture.rgb();
    for (int i = 0; i < rgb.length; i++) {
      int pixel = i / 3;
      int row = pixel / picture.width() * THUMBNAIL / picture.height();
      int column = pixel % picture.width() * THUMBNAIL / picture.width();
      int at = (row * THUMBNAIL + column) * 3 + i % 3;
      sums[at] += rgb[i] & 255;
      counts[at]++;
    }
    for (int i = 0; i < sums.length; i++) {
      sums[i] /= Math.max(1, counts[i]);
    }
    return sums;
  }
}
