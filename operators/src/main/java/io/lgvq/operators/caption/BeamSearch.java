package io.lgvq.operators.caption;

import io.lgvq.operators.text.Vocabulary;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/**
 * Beam search over the captions of a batch of images, all at the same word in each step. Padding,
 * the begin mark and unknown words are never said, and a caption has one word at least; one that
 * reaches the longest length is ended there, and pays for its end mark like any other.
 *
 * <p>One search, one thread. Knows no engine: {@link Model} is whatever tells the next word.
 */
final class BeamSearch {

  /** Tells how likely each word of the vocabulary comes next. */
  interface Model {

    /**
     * @param captions unfinished, all equally long
     * @return natural logarithms of probabilities, one row a caption, one value a word
     */
    List<float[]> next(List<Hypothesis> captions);
  }

  private static final double LEAST = Double.NEGATIVE_INFINITY;

  private final Model model;
  private final CaptionSearch search;
  private final int longest;

  /**
   * @param longest most words of a caption, the begin mark included and the end mark not
   */
  BeamSearch(Model model, CaptionSearch search, int longest) {
    this.model = model;
    this.search = search;
    this.longest = longest;
  }

  /**
   * The best finished captions of each image, best first and at most the search's width; none only
   * where the model gives no numbers.
   */
  List<List<Hypothesis>> search(int images) {
    List<Beam> beams = new ArrayList<>();
    for (int image = 0; image < images; image++) {
      beams.add(new Beam(Hypothesis.begin(image)));
    }
    for (int length = 1; length <= longest; length++) {
      List<Beam> open = beams.stream().filter(Beam::open).toList();
      List<Hypothesis> live = open.stream().flatMap(beam -> beam.live.stream()).toList();
      if (live.isEmpty()) {
        break;
      }
      List<float[]> next = model.next(live);
      int row = 0;
      for (Beam beam : open) {
        int rows = beam.live.size();
        beam.advance(next.subList(row, row + rows), length == longest);
        row += rows;
      }
    }
    return beams.stream().map(Beam::best).toList();
  }

  private boolean sayable(int word, int length, boolean last) {
    if (word == Vocabulary.END) {
      return length > 1;
    }
    return !last && word >= Vocabulary.SPECIAL.size();
  }

  /** The captions of one image. */
  private final class Beam {
    private final Comparator<Hypothesis> ranking =
        Comparator.comparingDouble(caption -> -caption.rank(search.lengthPower()));
    private final List<Hypothesis> finished = new ArrayList<>();
    private List<Hypothesis> live;

    Beam(Hypothesis begin) {
      this.live = List.of(begin);
    }

    void advance(List<float[]> next, boolean last) {
      PriorityQueue<Hypothesis> most =
          new PriorityQueue<>(Comparator.comparingDouble(Hypothesis::logProbability));
      for (int i = 0; i < live.size(); i++) {
        Hypothesis caption = live.get(i);
        float[] words = next.get(i);
        for (int word = 0; word < words.length; word++) {
          double total = caption.logProbability() + words[word];
          // False for NaN as well, so that a broken model finishes nothing.
          boolean better =
              total > (most.size() < search.width() ? LEAST : most.peek().logProbability());
          if (better && sayable(word, caption.words().length, last)) {
            most.add(caption.with(word, words[word]));
            if (most.size() > search.width()) {
              most.remove();
            }
          }
        }
      }
      finished.addAll(most.stream().filter(Hypothesis::finished).toList());
      live =
          most.stream()
              .filter(caption -> !caption.finished())
              .sorted(Comparator.comparingDouble(caption -> -caption.logProbability()))
              .toList();
    }

    /**
     * Whether going on can still change the result: it cannot once as many are finished as are
     * wanted and no live one, even if the rest of it were certain, would rank above the last.
     */
    boolean open() {
      if (live.isEmpty() || finished.size() < search.width()) {
        return !live.isEmpty();
      }
      finished.sort(ranking);
      double toBeat = finished.get(search.width() - 1).rank(search.lengthPower());
      return live.get(0).logProbability() / Math.pow(longest, search.lengthPower()) > toBeat;
    }

    List<Hypothesis> best() {
      finished.sort(ranking);
      return List.copyOf(finished.subList(0, Math.min(search.width(), finished.size())));
    }
  }
}
