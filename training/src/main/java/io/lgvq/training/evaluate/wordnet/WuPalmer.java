package io.lgvq.training.evaluate.wordnet;

import io.lgvq.training.evaluate.wordnet.Nouns.Sense;
import java.util.HashMap;
import java.util.Map;

/**
 * How alike two words are, 0 .. 1, by where they stand in WordNet (Wu and Palmer, 1994): twice the
 * depth of the narrowest sense that covers both, over the sum of their own depths. Depths count
 * senses from the root, which has 1; a word's own depth is that of the covering sense plus the
 * steps between them.
 *
 * <p>Of a word's senses as a noun the pair counts that is most alike: "cat" is near "car", for a
 * Caterpillar is a vehicle. The narrowest covering sense is the one that is farthest from the root
 * by the shortest way, and its depth that of the longest way, as in NLTK; where several are as
 * narrow the best counts, where NLTK takes any. Steps go straight up, where NLTK also finds ways
 * around. Words that WordNet lacks as nouns are alike to themselves (1) and to nothing else (0).
 *
 * <p>Threading: one thread. Pairs are kept, for thousands of questions have few answers. WordNet
 * (about 30 MB) is read when the first two different words are compared.
 */
public final class WuPalmer {

  private record Pair(String a, String b) {}

  private final Nouns nouns = new Nouns();
  private final Map<Pair, Double> pairs = new HashMap<>();

  /** The same both ways. */
  public double of(String a, String b) {
    if (a.equals(b)) {
      return 1;
    }
    Pair pair = a.compareTo(b) < 0 ? new Pair(a, b) : new Pair(b, a);
    return pairs.computeIfAbsent(pair, this::best);
  }

  private double best(Pair pair) {
    double best = 0;
    for (Sense a : nouns.of(pair.a())) {
      for (Sense b : nouns.of(pair.b())) {
        best = Math.max(best, of(a, b));
      }
    }
    return best;
  }

  private double of(Sense a, Sense b) {
    int narrowest = -1;
    double best = 0;
    for (Map.Entry<Long, Integer> up : a.above().entrySet()) {
      Integer steps = b.above().get(up.getKey());
      if (steps != null) {
        Sense covering = nouns.known(up.getKey());
        double depth = covering.deep() + 1;
        double likeness = 2 * depth / (2 * depth + up.getValue() + steps);
        if (covering.shallow() > narrowest) {
          narrowest = covering.shallow();
          best = likeness;
        } else if (covering.shallow() == narrowest) {
          best = Math.max(best, likeness);
        }
      }
    }
    return best;
  }
}
