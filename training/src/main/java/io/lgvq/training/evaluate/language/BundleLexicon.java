package io.lgvq.training.evaluate.language;

import io.lgvq.training.text.TextEncoder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The words of a bundle as its text encoder has them: their numbers, their mean-centred rows of the
 * frozen word table, and which of them carry meaning. Immutable.
 */
final class BundleLexicon {

  /** Number of the first word; 0 is the end of a caption, 1 any other word. */
  static final int FIRST = 2;

  private static final int UNKNOWN = 1;

  private final TextEncoder encoder;
  private final Map<String, Integer> numbers = new HashMap<>();
  private final float[][] centred;

  /**
   * @param pieces the word pieces, in the order of their numbers
   * @throws IllegalArgumentException if the encoder lacks one
   */
  BundleLexicon(TextEncoder encoder, List<String> pieces) {
    this.encoder = encoder;
    Map<String, Integer> ids = new HashMap<>();
    for (int id = 0; id < encoder.vocabularySize(); id++) {
      ids.put(encoder.piece(id), id);
    }
    int[] chosen = new int[pieces.size()];
    for (int i = 0; i < chosen.length; i++) {
      Integer id = ids.get(pieces.get(i));
      if (id == null) {
        throw new IllegalArgumentException(
            "the bundle knows the word piece '%s', which its text encoder lacks"
                .formatted(pieces.get(i)));
      }
      chosen[i] = id;
      numbers.put(pieces.get(i), i + FIRST);
    }
    centred = centred(encoder.rows(chosen));
  }

  private static float[][] centred(float[][] rows) {
    for (int column = 0; column < rows[0].length; column++) {
      double sum = 0;
      for (float[] row : rows) {
        sum += row[column];
      }
      for (float[] row : rows) {
        row[column] -= (float) (sum / rows.length);
      }
    }
    return rows;
  }

  /** Numbers of a caption's word pieces, padded or cut to a length. */
  int[] encode(String caption, int length) {
    int[] ids = encoder.tokens(caption);
    int[] words = new int[length];
    for (int i = 0; i < Math.min(length, ids.length); i++) {
      words[i] = numbers.getOrDefault(encoder.piece(ids[i]), UNKNOWN);
    }
    return words;
  }

  /** Positions of a caption's words that are known and carry meaning. */
  List<Integer> contentPositions(String caption, int length) {
    int[] ids = encoder.tokens(caption);
    List<Integer> positions = new ArrayList<>();
    for (int i = 0; i < Math.min(length, ids.length); i++) {
      if (encoder.contentWord(ids[i]) && numbers.containsKey(encoder.piece(ids[i]))) {
        positions.add(i);
      }
    }
    return positions;
  }

  /** Mean-centred row of a word, [d_t]; not to be written to. */
  float[] centred(int word) {
    return centred[word - FIRST];
  }
}
