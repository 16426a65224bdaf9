package io.lgvq.training.corpus.scene;

import java.util.Optional;

/**
 * A kind of object.
 *
 * @param word singular, one word
 * @param plural one word, may equal the singular
 * @param codePoint hexadecimal code point of its pictogram, which identifies the concept in every
 *     hand
 * @param colour what it is in every hand, where that is beyond doubt
 * @param firefoxName its name in the set that has no code points
 * @param known whether training may name it; otherwise it is kept for the slice of new concepts
 */
record Noun(
    String word,
    String plural,
    String codePoint,
    Optional<Colour> colour,
    Optional<String> firefoxName,
    boolean known) {

  /** "dog" or "dogs". */
  String form(int count) {
    return count == 1 ? word : plural;
  }

  /** Unordered pair with another noun: the same number both ways, in every Java version. */
  long pairKey(Noun other) {
    boolean inOrder = word.compareTo(other.word) <= 0;
    String pair = inOrder ? word + " " + other.word : other.word + " " + word;
    return Draw.mix(pair.hashCode() * 0x9E3779B97F4A7C15L);
  }
}
