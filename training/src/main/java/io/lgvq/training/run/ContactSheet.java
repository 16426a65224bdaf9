package io.lgvq.training.run;

import io.lgvq.operators.image.Pixels;
import io.lgvq.operators.image.PngEncoder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Originals, each with its reconstruction below it, as one PNG to look at. */
final class ContactSheet {

  private static final int COLUMNS = 12;

  private ContactSheet() {}

  /** Writes rows of {@value #COLUMNS} originals over as many reconstructions. */
  static void write(List<Pixels> originals, List<Pixels> reconstructions, Path file)
      throws IOException {
    int side = originals.get(0).width();
    int rows = (originals.size() + COLUMNS - 1) / COLUMNS;
    int width = COLUMNS * side;
    byte[] rgb = new byte[3 * width * 2 * rows * side];
    for (int i = 0; i < originals.size(); i++) {
      int x = i % COLUMNS * side;
      int y = i / COLUMNS * 2 * side;
      copy(originals.get(i), rgb, width, x, y);
      copy(reconstructions.get(i), rgb, width, x, y + side);
    }
    Files.write(file, PngEncoder.encode(new Pixels(width, 2 * rows * side, rgb)));
  }

  private static void copy(Pixels from, byte[] to, int width, int x, int y) {
    for (int row = 0; row < from.height(); row++) {
      System.arraycopy(
          from.rgb(), 3 * row * from.width(), to, 3 * ((y + row) * width + x), 3 * from.width());
    }
  }
}
