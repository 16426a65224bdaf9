package io.lgvq.training.alignment;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Captions with some of their words hidden.
 *
 * @param words ids in the lexicon, 0 behind the end; int64 [B, L]
 * @param hidden 1 where a word is hidden, else 0; [B, L]
 * @param places of the hidden words, {@code caption * L + position}; int64 [hidden words]
 * @param answers their ids; int64 [hidden words]
 */
public record HiddenWords(NDArray words, NDArray hidden, NDArray places, NDArray answers) {

  /**
   * Hides a share of every caption's words, drawn from the settings' truncated Gaussian, at least
   * one. Words outside the lexicon are never hidden, since nothing could name them.
   *
   * @param captions ids in the lexicon, each cut or padded to the settings' length
   * @throws IllegalArgumentException if no caption has a word of the lexicon
   */
  public static HiddenWords draw(
      NDManager scope, int[][] captions, AlignmentSettings.Mask mask, SplittableRandom random) {
    int length = captions[0].length;
    long[] words = new long[captions.length * length];
    float[] hidden = new float[words.length];
    List<Integer> places = new ArrayList<>();
    for (int i = 0; i < captions.length; i++) {
      int[] caption = captions[i];
      List<Integer> known = new ArrayList<>();
      for (int position = 0; position < length; position++) {
        words[i * length + position] = caption[position];
        if (caption[position] > Lexicon.UNKNOWN) {
          known.add(i * length + position);
        }
      }
      int count = Math.round(known.size() * share(mask, random));
      for (int j = 0; j < Math.min(known.size(), Math.max(1, count)); j++) {
        int place = known.remove(random.nextInt(known.size()));
        hidden[place] = 1;
        places.add(place);
      }
    }
    if (places.isEmpty()) {
      throw new IllegalArgumentException("no caption of the batch has a word of the lexicon");
    }
    return new HiddenWords(
        scope.create(words, new Shape(captions.length, length)),
        scope.create(hidden, new Shape(captions.length, length)),
        scope.create(places.stream().mapToLong(Integer::longValue).toArray()),
        scope.create(
            IntStream.range(0, places.size()).mapToLong(j -> words[places.get(j)]).toArray()));
  }

  private static float share(AlignmentSettings.Mask mask, SplittableRandom random) {
    float share;
    do {
      share = (float) (mask.mean() + mask.deviation() * random.nextGaussian());
    } while (share < mask.least() || share > mask.most());
    return share;
  }
}
