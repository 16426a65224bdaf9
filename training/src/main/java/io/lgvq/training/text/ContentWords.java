package io.lgvq.training.text;

import java.util.Set;

/** Tells words that name something from words that only hold a sentence together. */
final class ContentWords {

  private static final Set<String> FUNCTION_WORDS =
      Set.of(
          """
          a about above across after against all along also am among an and any are around as at
          be been before behind being below beneath beside between both but by can could did do
          does down each either for from had has have he her here him his how i if in inside into
          is it its me most my near next no nor not of off on one's onto or other our out outside
          over own picture photo image per same she should so some such than that the their them
          then there these they this those through to too toward under until up us very was we
          were what when where which while who whom whose why will with within without would you
          your
          """
              .strip()
              .split("\\s+"));

  private ContentWords() {}

  /**
   * @param piece text of a word piece, with {@code ##} before one that goes on a word
   */
  static boolean contains(String piece) {
    String word = piece.startsWith("##") ? piece.substring(2) : piece;
    return !word.isEmpty()
        && word.codePoints().allMatch(Character::isLetter)
        && !FUNCTION_WORDS.contains(piece);
  }
}
