package io.lgvq.training.text;

import java.util.List;

/**
 * A frozen, pre-trained language model, as the guidance sees it: word pieces, their static
 * embeddings W, and one global feature g a sentence (LG-VQ, section 3.2). Any encoder that can give
 * these can take the place of the one that ships.
 *
 * <p>Threading: implementations are safe for several threads. Arrays that are returned belong to
 * the caller unless said otherwise.
 */
public interface TextEncoder extends AutoCloseable {

  /** Captions are cut after so many word pieces, as in the paper. */
  int LONGEST = 30;

  /** What people call it, for instance {@code all-MiniLM-L6-v2}. */
  String name();

  /** Names this very encoder: SHA-256 of its weights, lower-case hexadecimal. */
  String digest();

  /** Length d_t of g and of the rows of W. */
  int dimension();

  /** Number V of word pieces. */
  int vocabularySize();

  /** Ids of a text's word pieces, without special ones, at most {@link #LONGEST}. */
  int[] tokens(String text);

  /** The global feature g of each text: {@link #dimension()} floats of length 1. */
  List<float[]> sentences(List<String> texts);

  /** The global feature g of one text. */
  default float[] sentence(String text) {
    return sentences(List.of(text)).get(0);
  }

  /**
   * The whole table W, row-major [V, d_t].
   *
   * @return shared by all callers, who only read it
   */
  float[] wordTable();

  /** Rows of W, one for each id. */
  default float[][] rows(int... ids) {
    float[][] rows = new float[ids.length][];
    for (int i = 0; i < ids.length; i++) {
      int from = ids[i] * dimension();
      rows[i] = java.util.Arrays.copyOfRange(wordTable(), from, from + dimension());
    }
    return rows;
  }

  /** The text of a word piece, for reports. */
  String piece(int id);

  /**
   * Whether a word piece says something of a picture, as opposed to articles, prepositions,
   * punctuation and special pieces.
   */
  boolean contentWord(int id);

  /** Frees the model. */
  @Override
  void close();
}
