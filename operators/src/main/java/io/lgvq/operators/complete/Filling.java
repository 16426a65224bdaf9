package io.lgvq.operators.complete;

import io.lgvq.operators.sampling.CodeDraw;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Fills the holes of a batch of images, the most certain codes first, in a few rounds: few in the
 * first, when little is known, more in each that follows (Chang et al., MaskGIT, CVPR 2022, with
 * its cosine schedule).
 *
 * <p>One filling, one thread. Knows no engine: {@link Model} is whatever tells the missing codes.
 */
final class Filling {

  /** Tells how likely each code is at each place. */
  interface Model {

    /**
     * @param grids codes of images, K where one is missing
     * @return natural logarithms, n x K values an image
     */
    List<float[]> at(List<int[]> grids);
  }

  private final Model model;
  private final int codes;
  private final int rounds;

  /**
   * @param codes K
   * @param rounds 1 or more
   */
  Filling(Model model, int codes, int rounds) {
    this.model = model;
    this.codes = codes;
    this.rounds = rounds;
  }

  /** One image: its codes, of which those that are missing are K, and how new ones are chosen. */
  static final class Image {
    private final int[] grid;
    private final int holes;
    private final CodeDraw draw;
    private double logProbability;

    Image(int[] grid, int holes, CodeDraw draw) {
      this.grid = grid;
      this.holes = holes;
      this.draw = draw;
    }

    /** The codes; whole once the filling is done. */
    int[] grid() {
      return grid;
    }

    /** Sum of the natural logarithms of the new codes' probabilities. */
    double logProbability() {
      return logProbability;
    }
  }

  /** Fills all holes of all images. */
  void fill(List<Image> images) {
    List<Image> open = images.stream().filter(image -> image.holes > 0).toList();
    for (int round = 1; round <= rounds && !open.isEmpty(); round++) {
      List<float[]> told = model.at(open.stream().map(Image::grid).toList());
      for (int i = 0; i < open.size(); i++) {
        fill(open.get(i), told.get(i), round);
      }
      open = open.stream().filter(image -> left(image) > 0).toList();
    }
  }

  private record Guess(int place, int code, float logProbability) {}

  private void fill(Image image, float[] told, int round) {
    List<Guess> guesses = new ArrayList<>();
    for (int place = 0; place < image.grid.length; place++) {
      if (image.grid[place] == codes) {
        float[] own = Arrays.copyOfRange(told, place * codes, (place + 1) * codes);
        int code = image.draw.at(place, own);
        guesses.add(new Guess(place, code, own[code]));
      }
    }
    // A stable sort: of equally certain ones the first places win.
    guesses.sort(Comparator.comparingDouble(guess -> -guess.logProbability()));
    for (Guess guess : guesses.subList(0, guesses.size() - leftAfter(round, image, guesses))) {
      image.grid[guess.place()] = guess.code();
      image.logProbability += guess.logProbability();
    }
  }

  /** Holes that stay for later rounds; each round fills one at least, the last one all. */
  private int leftAfter(int round, Image image, List<Guess> guesses) {
    if (round == rounds) {
      return 0;
    }
    int planned = (int) (image.holes * Math.cos(Math.PI / 2 * round / rounds));
    return Math.min(planned, guesses.size() - 1);
  }

  private long left(Image image) {
    return Arrays.stream(image.grid).filter(code -> code == codes).count();
  }
}
