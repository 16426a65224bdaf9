package io.lgvq.training.codebook;

import static org.assertj.core.api.Assertions.assertThat;

import io.lgvq.operators.image.Pixels;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Codes as tiles, of decoders whose pictures are known. */
class CodebookPictureTest {

  private static final int[] WHITE = {255, 255, 255};

  @Test
  void shouldFillAGridWithEachCodeOnce() {
    List<int[]> seen = new ArrayList<>();
    List<Integer> done = new ArrayList<>();
    CodebookPicture picture =
        CodebookPicture.of(
            70,
            6,
            grids -> {
              seen.addAll(grids);
              return grids.stream().map(grid -> plain(4, grid[0], grid[0], grid[0])).toList();
            },
            done::add);

    assertThat(picture.tiles()).hasSize(70);
    assertThat(done.stream().mapToInt(Integer::intValue).sum()).isEqualTo(70);
    for (int code = 0; code < 70; code++) {
      assertThat(seen.get(code)).hasSize(6).containsOnly(code);
    }
  }

  @Test
  void shouldSortGreysByBrightnessAndThenColoursByHue() {
    int[][] colours = {
      {0, 0, 255}, {250, 250, 250}, {255, 0, 0}, {0, 255, 0}, {5, 5, 5}, {90, 0, 0}, {120, 120, 125}
    };
    CodebookPicture picture =
        CodebookPicture.of(
            colours.length,
            2,
            grids -> grids.stream().map(grid -> plain(4, colours[grid[0]])).toList(),
            done -> {});

    assertThat(picture.tiles().stream().map(CodeTile::code)).containsExactly(4, 6, 1, 5, 2, 3, 0);
  }

  @Test
  void shouldLayTilesInRowsWithGapsOnWhite() {
    CodebookPicture picture =
        CodebookPicture.of(
            5,
            1,
            grids ->
                grids.stream()
                    .map(grid -> plain(4, 10 * grid[0], 10 * grid[0], 10 * grid[0]))
                    .toList(),
            done -> {});
    Pixels sheet = picture.sheet();

    assertThat(sheet.width()).isEqualTo(3 * 4 + 2 * 2);
    assertThat(sheet.height()).isEqualTo(2 * 4 + 2);
    assertThat(at(sheet, 0, 0)).containsExactly(0, 0, 0);
    assertThat(at(sheet, 4, 0)).containsExactly(WHITE);
    assertThat(at(sheet, 6, 3)).containsExactly(10, 10, 10);
    assertThat(at(sheet, 0, 4)).containsExactly(WHITE);
    assertThat(at(sheet, 6, 6)).containsExactly(40, 40, 40);
    assertThat(at(sheet, 12, 6)).containsExactly(WHITE);
  }

  @Test
  void shouldStrikeOutCodesThatNeverOccurAndPutThemLast() {
    CodebookPicture picture =
        CodebookPicture.of(
                3,
                1,
                grids ->
                    grids.stream()
                        .map(grid -> plain(4, 10 * grid[0], 10 * grid[0], 10 * grid[0]))
                        .toList(),
                done -> {})
            .marking(new long[] {0, 7, 1});

    assertThat(picture.tiles().stream().map(CodeTile::code)).containsExactly(1, 2, 0);
    Pixels sheet = picture.sheet(); // two columns, so the last tile begins at (0, 6)
    assertThat(at(sheet, 0, 0)).containsExactly(10, 10, 10);
    assertThat(at(sheet, 0, 6)).containsExactly(0, 0, 0);
    assertThat(at(sheet, 1, 6)).containsExactly(WHITE);
    assertThat(at(sheet, 3, 6)).containsExactly(0, 0, 0);
    assertThat(at(sheet, 2, 9)).containsExactly(0, 0, 0);
    assertThat(at(sheet, 3, 9)).containsExactly(WHITE);
  }

  @Test
  void shouldShowTheMiddleOfLargePictures() {
    byte[] rgb = new byte[3 * 64 * 64];
    for (int i = 0; i < rgb.length; i++) {
      rgb[i] = (byte) (i / 3 % 64 + i / 3 / 64); // column + row
    }
    Pixels large = new Pixels(64, 64, rgb);
    Pixels tile =
        CodebookPicture.of(1, 1, grids -> List.of(large), done -> {}).tiles().get(0).picture();

    assertThat(tile.width()).isEqualTo(CodeTile.LARGEST);
    assertThat(at(tile, 0, 0)).containsOnly(16 + 16);
    assertThat(at(tile, 31, 2)).containsOnly(47 + 18);
  }

  private static Pixels plain(int side, int... colour) {
    byte[] rgb = new byte[3 * side * side];
    for (int i = 0; i < rgb.length; i++) {
      rgb[i] = (byte) colour[i % 3];
    }
    return new Pixels(side, side, rgb);
  }

  private static int[] at(Pixels pixels, int x, int y) {
    int from = 3 * (y * pixels.width() + x);
    return IntStream.range(from, from + 3).map(i -> pixels.rgb()[i] & 255).toArray();
  }
}
