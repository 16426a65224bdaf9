package io.lgvq.training.head;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import io.lgvq.training.array.ArrayOps;
import io.lgvq.training.network.Linear;
import io.lgvq.training.weights.Tensor;
import java.util.Arrays;
import java.util.Map;

/**
 * Tells from the image memory which words its captions hold: each place votes for each word, and
 * the loudest places decide (learning from many instances of which some bear the label, as in Fang
 * et al., From Captions to Visual Concepts and Back, CVPR 2015, section 3).
 *
 * <p>It serves training alone. A caption or an answer names an object once and in its turn, so the
 * image memory hears of it rarely; here it hears of every object in every step, at its place.
 *
 * <p>Immutable.
 */
public final class WordDetector {

  private static final float RAREST = 1e-3f;

  private final HeadSize size;
  private final Linear votes;

  WordDetector(HeadSize size) {
    this.size = size;
    votes = Linear.of("detector.votes", size.width(), size.words());
  }

  /**
   * First values of what each word is voted for without looking: the log-odds of its being
   * mentioned; see {@link HeadNetworks#beginning}.
   *
   * @param mentions share of images that mention each word, see {@link HeadData#mentions}
   */
  Map<String, Tensor> beginning(float[] mentions) {
    float[] odds = new float[mentions.length];
    for (int word = 0; word < odds.length; word++) {
      double share = Math.max(RAREST, Math.min(1 - RAREST, mentions[word]));
      odds[word] = (float) Math.log(share / (1 - share));
    }
    return Map.of(votes.bias().name(), Tensor.of(odds));
  }

  /**
   * Binary cross-entropy over all words of the vocabulary, divided by the number of words that are
   * there: nats for each word mentioned.
   *
   * @param memory [B, M, width]
   * @param mentioned ids of the words of each image's captions
   */
  NDArray loss(ArrayOps ops, NDArray memory, int[][] mentioned) {
    NDArray scores = scores(ops, memory);
    float[] there = new float[mentioned.length * size.words()];
    for (int image = 0; image < mentioned.length; image++) {
      for (int word : mentioned[image]) {
        there[image * size.words() + word] = 1;
      }
    }
    int count = Math.max(1, Arrays.stream(mentioned).mapToInt(words -> words.length).sum());
    NDArray truth = ops.scope().create(there, new Shape(mentioned.length, size.words()));
    NDArray surprise = Activation.softPlus(scores).sub(scores.mul(truth));
    return ArrayOps.times(surprise.sum(), 1f / count);
  }

  /** Memory to the log-odds of every word [B, V]: a soft maximum of the places' votes. */
  NDArray scores(ArrayOps ops, NDArray memory) {
    NDArray heard = votes.apply(ops, memory);
    NDArray loudest = heard.max(new int[] {1}, true).stopGradient();
    NDArray sum = heard.sub(loudest).exp().sum(new int[] {1}).log();
    float quiet = (float) Math.log(size.memory());
    return sum.add(loudest.reshape(sum.getShape())).sub(quiet);
  }
}
