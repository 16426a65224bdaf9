package io.lgvq.training.evaluate.wordnet;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.sf.extjwnl.JWNLException;
import net.sf.extjwnl.data.IndexWord;
import net.sf.extjwnl.data.POS;
import net.sf.extjwnl.data.PointerTarget;
import net.sf.extjwnl.data.PointerType;
import net.sf.extjwnl.data.Synset;
import net.sf.extjwnl.dictionary.Dictionary;

/**
 * The nouns of WordNet 3.0 as a graph of senses, each under one or more that are wider, up to
 * "entity". It is read from the class path when first asked for.
 *
 * <p>Threading: one thread. What was looked up is kept.
 */
final class Nouns {

  private static final List<PointerType> WIDER =
      List.of(PointerType.HYPERNYM, PointerType.INSTANCE_HYPERNYM);

  /**
   * A sense.
   *
   * @param id of it in WordNet
   * @param above every sense that is as wide or wider, itself included, by id, with the fewest
   *     steps to it
   * @param shallow fewest steps up to the root
   * @param deep most steps up to the root
   */
  record Sense(long id, Map<Long, Integer> above, int shallow, int deep) {}

  private final Map<Long, Sense> senses = new HashMap<>();
  private final Map<String, List<Sense>> words = new HashMap<>();
  private Dictionary opened;

  /** All senses of a word, or of its base form, as a noun; none if WordNet does not have it. */
  List<Sense> of(String word) {
    return words.computeIfAbsent(word, this::lookup);
  }

  /** A sense that was met before, as one's own or one above. */
  Sense known(long id) {
    return senses.get(id);
  }

  private List<Sense> lookup(String word) {
    try {
      IndexWord found = word.isBlank() ? null : dictionary().lookupIndexWord(POS.NOUN, word);
      List<Sense> all = new ArrayList<>();
      for (Synset synset : found == null ? List.<Synset>of() : found.getSenses()) {
        all.add(sense(synset));
      }
      return all;
    } catch (JWNLException e) {
      throw new IllegalStateException("WordNet cannot be read", e);
    }
  }

  private Dictionary dictionary() throws JWNLException {
    if (opened == null) {
      opened = Dictionary.getDefaultResourceInstance();
    }
    return opened;
  }

  private Sense sense(Synset synset) throws JWNLException {
    Sense before = senses.get(synset.getOffset());
    if (before != null) {
      return before;
    }
    List<Sense> wider = new ArrayList<>();
    for (Synset up : wider(synset)) {
      wider.add(sense(up));
    }
    Sense made =
        new Sense(
            synset.getOffset(),
            above(synset),
            wider.stream().mapToInt(up -> up.shallow() + 1).min().orElse(0),
            wider.stream().mapToInt(up -> up.deep() + 1).max().orElse(0));
    senses.put(made.id(), made);
    return made;
  }

  private static Map<Long, Integer> above(Synset synset) throws JWNLException {
    Map<Long, Integer> steps = new HashMap<>();
    Deque<Synset> next = new ArrayDeque<>(List.of(synset));
    steps.put(synset.getOffset(), 0);
    while (!next.isEmpty()) {
      Synset here = next.remove();
      for (Synset up : wider(here)) {
        if (steps.putIfAbsent(up.getOffset(), steps.get(here.getOffset()) + 1) == null) {
          next.add(up);
        }
      }
    }
    return steps;
  }

  private static List<Synset> wider(Synset synset) throws JWNLException {
    List<Synset> wider = new ArrayList<>();
    for (PointerType type : WIDER) {
      for (PointerTarget target : synset.getTargets(type)) {
        wider.add(target.getSynset());
      }
    }
    return wider;
  }
}
