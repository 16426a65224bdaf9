package io.lgvq.training;

import io.lgvq.operators.image.Pixels;
import io.lgvq.training.corpus.Sample;
import java.util.List;
import java.util.SplittableRandom;

/** Two coloured rectangles on a coloured ground, with sentences that are true of them. */
public final class SyntheticCorpus extends MadeCorpus {

  private static final List<String> COLOURS = List.of("red", "green", "blue", "white", "black");
  private static final int[][] RGB = {
    {220, 40, 40}, {40, 180, 60}, {50, 70, 220}, {240, 240, 240}, {20, 20, 20}
  };

  private final int side;
  private final int heldOut;

  public SyntheticCorpus(int side) {
    this(side, 64);
  }

  /** With so many samples in each split but the endless training split. */
  public SyntheticCorpus(int side, int heldOut) {
    super("synthetic", side);
    this.side = side;
    this.heldOut = heldOut;
  }

  @Override
  public long size(String split) {
    return split.equals("train") ? Long.MAX_VALUE : heldOut;
  }

  @Override
  public Sample sample(String split, long index) {
    SplittableRandom random = new SplittableRandom(split.hashCode() * 31L + index);
    int ground = random.nextInt(COLOURS.size());
    int left = (ground + 1 + random.nextInt(COLOURS.size() - 1)) % COLOURS.size();
    int right = (ground + 1 + random.nextInt(COLOURS.size() - 1)) % COLOURS.size();
    byte[] rgb = new byte[3 * side * side];
    fill(rgb, 0, 0, side, side, ground);
    int size = side / 4 + random.nextInt(side / 8);
    fill(rgb, random.nextInt(side / 8), random.nextInt(side / 2), size, size, left);
    fill(rgb, side / 2 + random.nextInt(side / 8), random.nextInt(side / 2), size, size, right);
    String sentence =
        "a %s square left of a %s square on %s"
            .formatted(COLOURS.get(left), COLOURS.get(right), COLOURS.get(ground));
    return new Sample(
        split + "-" + index,
        new Pixels(side, side, rgb),
        List.of(sentence, "on " + COLOURS.get(ground) + " " + COLOURS.get(left)),
        List.of(
            new Sample.QuestionAnswer("what colour is the ground?", COLOURS.get(ground), "colour")),
        List.of(COLOURS.get(left)));
  }

  private void fill(byte[] rgb, int x, int y, int width, int height, int colour) {
    for (int row = y; row < Math.min(side, y + height); row++) {
      for (int column = x; column < Math.min(side, x + width); column++) {
        for (int channel = 0; channel < 3; channel++) {
          rgb[(row * side + column) * 3 + channel] = (byte) RGB[colour][channel];
        }
      }
    }
  }
}
