package io.lgvq.training.codebook;

import io.lgvq.operators.bundle.BundleManifest.GridShape;
import io.lgvq.operators.codebook.TokenGrid;
import io.lgvq.operators.image.Pixels;
import io.lgvq.operators.image.PngEncoder;
import io.lgvq.operators.reconstruct.Reconstructor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.function.IntConsumer;

/**
 * All codes of a codebook as tiles of one picture (LG-VQ, figure 7): each is what the decoder makes
 * of a grid that holds this one code everywhere. Sorted by colour, for the numbers of codes mean
 * nothing. Immutable.
 */
public final class CodebookPicture {

  private static final int BATCH = 32;
  private static final int GAP = 2;
  private static final byte WHITE = (byte) 255;

  /** What the file is called where it lies beside others. */
  public static final String FILE = "codebook.png";

  private final List<CodeTile> tiles;

  private CodebookPicture(List<CodeTile> tiles) {
    this.tiles = tiles;
  }

  /**
   * Decodes every code once.
   *
   * @param codes K
   * @param length n, codes of an image
   * @param decoder grids of n codes to pictures of one size
   * @param progress hears how many codes were decoded since it last heard
   */
  public static CodebookPicture of(
      int codes, int length, Function<List<int[]>, List<Pixels>> decoder, IntConsumer progress) {
    List<CodeTile> tiles = new ArrayList<>();
    for (int from = 0; from < codes; from += BATCH) {
      List<int[]> grids = new ArrayList<>();
      for (int code = from; code < Math.min(codes, from + BATCH); code++) {
        int[] grid = new int[length];
        Arrays.fill(grid, code);
        grids.add(grid);
      }
      for (Pixels decoded : decoder.apply(grids)) {
        tiles.add(CodeTile.of(tiles.size(), decoded));
      }
      progress.accept(grids.size());
    }
    return sorted(tiles);
  }

  /**
   * Decodes every code once, as it is served.
   *
   * @param grid that the decoder takes
   * @param progress hears how many codes were decoded since it last heard
   */
  public static CodebookPicture of(Reconstructor decoder, GridShape grid, IntConsumer progress) {
    return of(
        decoder.codebook().size(),
        grid.codes(),
        grids -> decoder.apply(grids.stream().map(codes -> served(decoder, grid, codes)).toList()),
        progress);
  }

  private static TokenGrid served(Reconstructor decoder, GridShape grid, int[] codes) {
    return new TokenGrid(decoder.codebook(), grid.height(), grid.width(), grid.depth(), codes);
  }

  private static CodebookPicture sorted(List<CodeTile> tiles) {
    return new CodebookPicture(tiles.stream().sorted(CodeTile.BY_COLOUR).toList());
  }

  /**
   * The same with codes that never occurred at the end and struck out.
   *
   * @param counts how often each code occurred
   */
  public CodebookPicture marking(long[] counts) {
    return sorted(
        tiles.stream()
            .map(tile -> new CodeTile(tile.code(), tile.picture(), counts[tile.code()] > 0))
            .toList());
  }

  /** As a PNG file. */
  public byte[] png() {
    return PngEncoder.encode(sheet());
  }

  /** The tiles in rows of equally many, as many rows as columns or one less, on white. */
  Pixels sheet() {
    Pixels first = tiles.get(0).picture();
    int columns = columns();
    int rows = (tiles.size() + columns - 1) / columns;
    int width = columns * (first.width() + GAP) - GAP;
    int height = rows * (first.height() + GAP) - GAP;
    byte[] rgb = new byte[3 * width * height];
    Arrays.fill(rgb, WHITE);
    for (int i = 0; i < tiles.size(); i++) {
      int x = i % columns * (first.width() + GAP);
      int y = i / columns * (first.height() + GAP);
      copy(tiles.get(i).drawn(), rgb, width, x, y);
    }
    return new Pixels(width, height, rgb);
  }

  /** In the order of the picture, row by row. */
  List<CodeTile> tiles() {
    return tiles;
  }

  int columns() {
    return (int) Math.ceil(Math.sqrt(tiles.size()));
  }

  private static void copy(Pixels from, byte[] to, int width, int x, int y) {
    for (int row = 0; row < from.height(); row++) {
      System.arraycopy(
          from.rgb(), 3 * row * from.width(), to, 3 * ((y + row) * width + x), 3 * from.width());
    }
  }
}
