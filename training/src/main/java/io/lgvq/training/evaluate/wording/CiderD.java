package io.lgvq.training.evaluate.wording;

import static io.lgvq.training.evaluate.wording.Ngrams.LONGEST;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * CIDEr-D (Vedantam et al., CVPR 2015): how alike a caption and its references are as bags of
 * n-grams, n = 1 .. 4, rare ones counting more. An n-gram weighs as often as it stands there times
 * the logarithm of (images / images with it in a reference); of a caption no more counts than the
 * reference has; sentences of different length are less alike, by a Gaussian of sigma 6 words. The
 * mean over references and n, times 10.
 *
 * <p>Document frequencies are those of the images that are evaluated, as in the COCO caption
 * evaluation's default, so figures of splits, and of different limits, do not compare exactly. As
 * there an n-gram that no reference has weighs like one in a single image. Counts are not divided
 * by the sentence's number of n-grams, as there and unlike the paper's equation: only the clipping
 * tells the difference. Stateless; frequencies live as long as {@link #of} runs.
 */
final class CiderD {

  private static final double SIGMA = 6;

  private final double images;
  private final Map<List<String>, Integer> frequencies = new HashMap<>();

  /** A sentence: the weight of each n-gram by n, and the length of that vector. */
  private record Vectors(int words, List<Map<List<String>, Double>> weights, double[] norms) {}

  private CiderD(List<Worded> images) {
    this.images = images.size();
    for (Worded image : images) {
      Set<List<String>> here = new HashSet<>();
      for (List<String> reference : image.references()) {
        for (int n = 1; n <= LONGEST; n++) {
          here.addAll(Ngrams.of(reference, n).keySet());
        }
      }
      here.forEach(ngram -> frequencies.merge(ngram, 1, Integer::sum));
    }
  }

  /** Of each image, 0 .. 10. Of a single image 0, for then nothing is rare. */
  static double[] of(List<Worded> images) {
    CiderD measure = new CiderD(images);
    return images.stream().mapToDouble(measure::score).toArray();
  }

  private double score(Worded image) {
    Vectors caption = vectors(image.caption());
    double sum = 0;
    for (List<String> words : image.references()) {
      Vectors reference = vectors(words);
      double difference = caption.words() - reference.words();
      double close = Math.exp(-difference * difference / (2 * SIGMA * SIGMA));
      for (int n = 0; n < LONGEST; n++) {
        sum += close * likeness(caption, reference, n);
      }
    }
    return 10 * sum / LONGEST / image.references().size();
  }

  private static double likeness(Vectors caption, Vectors reference, int n) {
    double norms = caption.norms()[n] * reference.norms()[n];
    double product = 0;
    for (Map.Entry<List<String>, Double> said : caption.weights().get(n).entrySet()) {
      double there = reference.weights().get(n).getOrDefault(said.getKey(), 0.0);
      product += Math.min(said.getValue(), there) * there;
    }
    return norms == 0 ? 0 : product / norms;
  }

  private Vectors vectors(List<String> words) {
    double[] norms = new double[LONGEST];
    List<Map<List<String>, Double>> weights = new ArrayList<>();
    for (int n = 0; n < LONGEST; n++) {
      Map<List<String>, Double> weighted = new HashMap<>();
      double squares = 0;
      for (Map.Entry<List<String>, Integer> entry : Ngrams.of(words, n + 1).entrySet()) {
        int with = Math.max(1, frequencies.getOrDefault(entry.getKey(), 0));
        double weight = entry.getValue() * Math.log(images / with);
        weighted.put(entry.getKey(), weight);
        squares += weight * weight;
      }
      weights.add(weighted);
      norms[n] = Math.sqrt(squares);
    }
    return new Vectors(words.size(), weights, norms);
  }
}
