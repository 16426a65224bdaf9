package io.lgvq.training.corpus.scene;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** All words that the grammars can say of known nouns. */
final class Lexicon {

  private static final String GRAMMAR =
      """
      a above against also an and are at background below by color do fog four front here
      how in is left many of object objects on one over picture place right see shown side striped
      checked the there these this three to two under up wall what where which you top bottom
      """;

  private Lexicon() {}

  static Set<String> words(List<Noun> nouns) {
    Set<String> words = new TreeSet<>(List.of(GRAMMAR.strip().split("\\s+")));
    nouns.stream()
        .filter(Noun::known)
        .forEach(noun -> words.addAll(List.of(noun.word(), noun.plural())));
    Colour.ALL.forEach(colour -> words.add(colour.word()));
    Tables.photos().forEach(photo -> words.add(photo.place()));
    return words;
  }

  static Collection<String> answers(List<Noun> nouns) {
    Set<String> answers = new TreeSet<>(Wording.NUMBERS.subList(1, 5));
    nouns.stream().filter(Noun::known).forEach(noun -> answers.add(noun.word()));
    Colour.ALL.forEach(colour -> answers.add(colour.word()));
    Tables.photos().forEach(photo -> answers.add(photo.place()));
    answers.addAll(List.of("left", "right", "above", "below", "top", "bottom"));
    return answers;
  }
}
