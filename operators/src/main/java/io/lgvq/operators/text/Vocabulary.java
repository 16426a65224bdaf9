package io.lgvq.operators.text;

import java.text.Normalizer;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The words that the text side of a bundle knows: line n of {@code vocabulary.txt} is word n.
 *
 * <p>Training and serving share this class, so a text has the same word ids in both. Immutable.
 */
public final class Vocabulary {

  /** Fills sequences up to their fixed length. */
  public static final int PAD = 0;

  /** Any word that is not in the vocabulary. */
  public static final int UNKNOWN = 1;

  /** Opens a caption. */
  public static final int BEGIN = 2;

  /** Ends a caption. */
  public static final int END = 3;

  /** The first four lines of every vocabulary file. */
  public static final List<String> SPECIAL = List.of("<pad>", "<unknown>", "<begin>", "<end>");

  private static final Pattern WORD =
      Pattern.compile("[\\p{L}\\p{M}\\p{Nd}]+(?:['\u2019-][\\p{L}\\p{M}\\p{Nd}]+)*");

  private final List<String> words;
  private final Map<String, Integer> ids = new HashMap<>();

  /**
   * @param words all lines of the file, the special ones first
   * @throws IllegalArgumentException if the special words are missing or a word stands twice
   */
  public Vocabulary(List<String> words) {
    this.words = List.copyOf(words);
    if (words.size() < SPECIAL.size() || !words.subList(0, SPECIAL.size()).equals(SPECIAL)) {
      throw new IllegalArgumentException("a vocabulary begins with " + SPECIAL);
    }
    for (int id = 0; id < words.size(); id++) {
      if (ids.put(words.get(id), id) != null) {
        throw new IllegalArgumentException(
            "word '" + words.get(id) + "' stands twice in the vocabulary");
      }
    }
  }

  /**
   * Splits a text into words: NFKC, lower case, runs of letters and digits (with inner hyphen or
   * apostrophe); punctuation is dropped.
   */
  public static List<String> split(String text) {
    Matcher matcher =
        WORD.matcher(Normalizer.normalize(text, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT));
    return matcher.results().map(match -> match.group()).toList();
  }

  /**
   * Word ids of a text, padded with {@link #PAD} or cut to a length.
   *
   * @param length of the array that is returned
   */
  public int[] encode(String text, int length) {
    int[] encoded = new int[length];
    List<String> split = split(text);
    for (int i = 0; i < Math.min(length, split.size()); i++) {
      encoded[i] = id(split.get(i));
    }
    return encoded;
  }

  /**
   * Word ids of a text that is a condition: {@link #BEGIN}, then as {@link #encode} gives them. The
   * begin mark stands alone where there is no text, so that there is always something to look at.
   *
   * @param length of the array that is returned, 1 or more
   */
  public int[] encodeBegun(String text, int length) {
    int[] encoded = new int[length];
    encoded[0] = BEGIN;
    System.arraycopy(encode(text, length - 1), 0, encoded, 1, length - 1);
    return encoded;
  }

  /** The id of a word, {@link #UNKNOWN} if it has none. */
  public int id(String word) {
    return ids.getOrDefault(word, UNKNOWN);
  }

  /** The word of an id in 0 .. {@link #size()} - 1. */
  public String word(int id) {
    return words.get(id);
  }

  /** Number of words, the special ones included. */
  public int size() {
    return words.size();
  }
}
