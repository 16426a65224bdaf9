package io.lgvq.operators.caption;

import io.lgvq.operators.text.Vocabulary;
import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * A caption so far.
 *
 * @param image which of the batch it describes
 * @param words ids, the begin mark first, the end mark last if it is finished
 * @param logProbability sum over all words after the begin mark
 */
record Hypothesis(int image, int[] words, double logProbability) {

  static Hypothesis begin(int image) {
    return new Hypothesis(image, new int[] {Vocabulary.BEGIN}, 0);
  }

  Hypothesis with(int word, double logProbabilityOfWord) {
    int[] longer = Arrays.copyOf(words, words.length + 1);
    longer[words.length] = word;
    return new Hypothesis(image, longer, logProbability + logProbabilityOfWord);
  }

  boolean finished() {
    return words[words.length - 1] == Vocabulary.END;
  }

  /** Words after the begin mark, the end mark counted: what log-probabilities were summed over. */
  int length() {
    return words.length - 1;
  }

  double rank(float lengthPower) {
    return length() == 0 ? 0 : logProbability / Math.pow(length(), lengthPower);
  }

  String text(Vocabulary vocabulary) {
    return Arrays.stream(words)
        .filter(word -> word >= Vocabulary.SPECIAL.size())
        .mapToObj(vocabulary::word)
        .collect(Collectors.joining(" "));
  }
}
