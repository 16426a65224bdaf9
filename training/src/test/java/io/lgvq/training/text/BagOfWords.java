package io.lgvq.training.text;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;

/** A text encoder for tests: random word vectors, and a sentence is the sum of its words'. */
public final class BagOfWords implements TextEncoder {

  private static final int DIMENSION = 24;
  private static final Set<String> FUNCTION_WORDS = Set.of("a", "and", "of", "on", "the");

  private final List<String> words;
  private final float[] table;

  /** An encoder that knows these words and no others. */
  public BagOfWords(String... words) {
    this.words = List.of(words);
    this.table = new float[words.length * DIMENSION];
    SplittableRandom random = new SplittableRandom(11);
    for (int i = 0; i < table.length; i++) {
      table[i] = (float) random.nextGaussian();
    }
  }

  @Override
  public String name() {
    return "bag of words";
  }

  @Override
  public String digest() {
    return "%064x".formatted(words.hashCode());
  }

  @Override
  public int dimension() {
    return DIMENSION;
  }

  @Override
  public int vocabularySize() {
    return words.size();
  }

  @Override
  public int[] tokens(String text) {
    return Arrays.stream(text.split(" ")).mapToInt(words::indexOf).toArray();
  }

  @Override
  public List<float[]> sentences(List<String> texts) {
    return texts.stream().map(this::feature).toList();
  }

  /** Later words count a little more, so that order can be told. */
  private float[] feature(String text) {
    float[] sum = new float[DIMENSION];
    int[] ids = tokens(text);
    for (int place = 0; place < ids.length; place++) {
      for (int i = 0; i < DIMENSION; i++) {
        sum[i] += (1 + 0.3f * place) * table[ids[place] * DIMENSION + i];
      }
    }
    double squares = 0;
    for (float value : sum) {
      squares += (double) value * value;
    }
    for (int i = 0; i < DIMENSION; i++) {
      sum[i] /= (float) Math.sqrt(squares);
    }
    return sum;
  }

  @Override
  public float[] wordTable() {
    return table;
  }

  @Override
  public String piece(int id) {
    return words.get(id);
  }

  @Override
  public boolean contentWord(int id) {
    return !FUNCTION_WORDS.contains(words.get(id));
  }

  @Override
  public void close() {
    // Nothing to free.
  }
}
