package io.lgvq.training.alignment;

import io.lgvq.training.weights.Tensor;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The word pieces that a corpus' captions use, numbered from {@value #FIRST}, with their rows of
 * the text encoder's frozen word table. Immutable.
 */
public final class Lexicon {

  /** Number of no word at all, behind the end of a caption. */
  public static final int PAD = 0;

  /** Number of a word piece that the lexicon does not hold. */
  public static final int UNKNOWN = 1;

  private static final int FIRST = 2;

  private final int width;
  private final int[] pieces;
  private final Map<Integer, Integer> numbers = new HashMap<>();
  private final float[] table;
  private final float[] centred;
  private final boolean[] content;
  private final float[] logFrequencies;

  /** Of words that are all as frequent. */
  public Lexicon(Set<Integer> pieces, Set<Integer> contentPieces, IntFunction<float[]> row) {
    this(
        pieces.stream().collect(Collectors.toMap(Function.identity(), piece -> 1L)),
        contentPieces,
        row);
  }

  /**
   * @param occurrences of the text encoder's word pieces, by their ids
   * @param contentPieces those of them that carry meaning: no function words, marks or specials
   * @param row row of the frozen word table by piece id; all of one length
   */
  public Lexicon(
      Map<Integer, Long> occurrences, Set<Integer> contentPieces, IntFunction<float[]> row) {
    this.pieces =
        new TreeSet<>(occurrences.keySet()).stream().mapToInt(Integer::intValue).toArray();
    if (this.pieces.length == 0) {
      throw new IllegalArgumentException("captions without words give no lexicon");
    }
    width = row.apply(this.pieces[0]).length;
    table = new float[size() * width];
    content = new boolean[size()];
    for (int i = 0; i < this.pieces.length; i++) {
      numbers.put(this.pieces[i], i + FIRST);
      content[i + FIRST] = contentPieces.contains(this.pieces[i]);
      System.arraycopy(row.apply(this.pieces[i]), 0, table, (i + FIRST) * width, width);
    }
    centred = centre();
    logFrequencies = logFrequencies(occurrences);
  }

  /** What no caption held is as frequent as what one held once. */
  private float[] logFrequencies(Map<Integer, Long> occurrences) {
    long all = occurrences.values().stream().mapToLong(Long::longValue).sum();
    float[] logs = new float[size()];
    for (int word = 0; word < logs.length; word++) {
      long own = word < FIRST ? 1 : occurrences.get(pieces[word - FIRST]);
      logs[word] = (float) Math.log((double) own / all);
    }
    return logs;
  }

  private float[] centre() {
    float[] result = table.clone();
    for (int column = 0; column < width; column++) {
      double sum = 0;
      for (int row = FIRST; row < size(); row++) {
        sum += table[row * width + column];
      }
      for (int row = FIRST; row < size(); row++) {
        result[row * width + column] -= (float) (sum / pieces.length);
      }
    }
    return result;
  }

  /** Number of words, {@link #PAD} and {@link #UNKNOWN} included. */
  public int size() {
    return pieces.length + FIRST;
  }

  /** d_t, values of a row. */
  public int width() {
    return width;
  }

  /** The rows of all words, [{@link #size()}, {@link #width()}]; not to be written to. */
  public Tensor table() {
    return new Tensor(List.of((long) size(), (long) width), table);
  }

  /** {@link #table()} less the mean of its rows. */
  public float[] centred() {
    return centred;
  }

  /** Logarithm of each word's share of all words of the captions, [{@link #size()}]. */
  Tensor logFrequencies() {
    return Tensor.of(logFrequencies.clone());
  }

  /** Whether a word carries meaning, by its number. */
  public boolean content(int word) {
    return content[word];
  }

  /** Numbers of a caption's word pieces, padded or cut to a length. */
  public int[] encode(int[] caption, int length) {
    int[] encoded = new int[length];
    for (int i = 0; i < Math.min(length, caption.length); i++) {
      encoded[i] = numbers.getOrDefault(caption[i], UNKNOWN);
    }
    return encoded;
  }

  /** The different content words of an encoded caption, padded or cut to a length. */
  public int[] content(int[] encoded, int length) {
    return Arrays.copyOf(
        IntStream.of(encoded).filter(word -> content[word]).distinct().limit(length).toArray(),
        length);
  }

  /** The word pieces, in the order of their numbers. */
  public List<Integer> pieces() {
    return IntStream.of(pieces).boxed().toList();
  }
}
