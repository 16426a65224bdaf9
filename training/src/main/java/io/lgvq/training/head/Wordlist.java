package io.lgvq.training.head;

import io.lgvq.operators.text.Vocabulary;
import io.lgvq.training.corpus.Sample.QuestionAnswer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Finds the words and answers of a bundle in its training texts: nothing is known beforehand.
 * Frequent ones come first, equal ones in alphabetical order, so the same texts give the same list.
 */
public final class Wordlist {

  private Wordlist() {}

  /**
   * The words of captions and questions.
   *
   * @param atLeast times that a word must occur
   */
  public static Vocabulary words(List<TokenizedSample> samples, int atLeast) {
    Stream<String> texts =
        samples.stream()
            .flatMap(
                sample ->
                    Stream.concat(
                        sample.captions().stream(),
                        sample.questions().stream().map(QuestionAnswer::question)));
    List<String> words = new ArrayList<>(Vocabulary.SPECIAL);
    words.addAll(ranked(texts.flatMap(text -> Vocabulary.split(text).stream()), atLeast));
    return new Vocabulary(words);
  }

  /**
   * The answers.
   *
   * @param atLeast times that an answer must occur
   */
  public static List<String> answers(List<TokenizedSample> samples, int atLeast) {
    return ranked(
        samples.stream().flatMap(sample -> sample.questions().stream()).map(QuestionAnswer::answer),
        atLeast);
  }

  private static List<String> ranked(Stream<String> occurrences, int atLeast) {
    Map<String, Integer> counts = new HashMap<>();
    occurrences.forEach(occurrence -> counts.merge(occurrence, 1, Integer::sum));
    return counts.entrySet().stream()
        .filter(entry -> entry.getValue() >= atLeast)
        .sorted(
            Map.Entry.<String, Integer>comparingByValue(Comparator.reverseOrder())
                .thenComparing(Map.Entry.comparingByKey()))
        .map(Map.Entry::getKey)
        .toList();
  }
}
