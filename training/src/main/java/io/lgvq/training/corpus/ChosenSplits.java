package io.lgvq.training.corpus;

import java.util.List;
import java.util.Set;

/**
 * A corpus of which some splits are left out; those for training stay.
 *
 * <p>Threading: that of the whole corpus.
 */
public final class ChosenSplits implements Corpus {

  private final Corpus whole;
  private final List<String> splits;

  /**
   * @param test the test splits that stay
   * @throws IllegalArgumentException if the corpus lacks one of them
   */
  public ChosenSplits(Corpus whole, Set<String> test) {
    for (String split : test) {
      if (!split.startsWith("test") || !whole.splits().contains(split)) {
        throw new IllegalArgumentException(
            "the corpus %s has no test split named %s; it has %s"
                .formatted(
                    whole.name(),
                    split,
                    String.join(
                        ", ", whole.splits().stream().filter(ChosenSplits::test).toList())));
      }
    }
    this.whole = whole;
    splits = whole.splits().stream().filter(split -> !test(split) || test.contains(split)).toList();
  }

  private static boolean test(String split) {
    return split.startsWith("test");
  }

  @Override
  public String name() {
    return whole.name();
  }

  @Override
  public String attribution() {
    return whole.attribution();
  }

  @Override
  public int width() {
    return whole.width();
  }

  @Override
  public int height() {
    return whole.height();
  }

  @Override
  public List<String> splits() {
    return splits;
  }

  @Override
  public long size(String split) {
    return whole.size(split);
  }

  @Override
  public Sample sample(String split, long index) {
    return whole.sample(split, index);
  }
}
