package io.lgvq.training.corpus;

import java.util.List;
import java.util.Set;

/**
 * A corpus of which some splits are measured and all others left out, but those for training.
 *
 * <p>Whoever chooses settings by what is measured chooses {@code validation}: test splits are for
 * what is reported.
 *
 * <p>Threading: that of the whole corpus.
 */
public final class ChosenSplits implements Corpus {

  private static final String TRAIN = "train";

  private final Corpus whole;
  private final List<String> measured;
  private final List<String> splits;

  /**
   * @param chosen the splits that are measured; none of them is {@code train}
   * @throws IllegalArgumentException if the corpus has none to measure of such a name
   */
  public ChosenSplits(Corpus whole, Set<String> chosen) {
    List<String> possible = whole.splits().stream().filter(split -> !split.equals(TRAIN)).toList();
    for (String split : chosen) {
      if (!possible.contains(split)) {
        throw new IllegalArgumentException(
            "the corpus %s has no split named %s to be measured; it has %s"
                .formatted(whole.name(), split, String.join(", ", possible)));
      }
    }
    this.whole = whole;
    measured = whole.splits().stream().filter(chosen::contains).toList();
    splits =
        whole.splits().stream()
            .filter(split -> !split.startsWith("test") || chosen.contains(split))
            .toList();
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
  public List<String> measured() {
    return measured;
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
