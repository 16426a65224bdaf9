package io.lgvq.operators.complete;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lgvq.operators.bundle.BundleManifest.GridShape;
import io.lgvq.operators.bundle.BundleManifest.ImageShape;
import io.lgvq.operators.image.Fit;
import io.lgvq.operators.image.Region;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class HolesTest {

  private static final GridShape GRID = new GridShape(8, 8, 1);

  @Test
  void shouldMissEveryCodeWhosePixelsTheMaskTouches() {
    // 64 x 64 pixels of 8 x 8 codes: a code is 8 pixels wide and high.
    assertThat(touched(new Region(0, 0, 8, 8), 64, 64, Fit.CROP)).containsExactly(0);
    assertThat(touched(new Region(0, 0, 9, 8), 64, 64, Fit.CROP)).containsExactly(0, 1);
    assertThat(touched(new Region(7, 7, 2, 2), 64, 64, Fit.CROP)).containsExactly(0, 1, 8, 9);
    assertThat(touched(new Region(63, 63, 1, 1), 64, 64, Fit.CROP)).containsExactly(63);
    assertThat(touched(new Region(0, 0, 64, 64), 64, 64, Fit.CROP)).hasSize(64);
  }

  @Test
  void shouldCountFromTheCornerOfTheImageAlsoWhereSidesAreCutOff() {
    // 128 x 96: columns 16 to 111 are shown, 12 to a code.
    assertThat(touched(new Region(16, 0, 12, 12), 128, 96, Fit.CROP)).containsExactly(0);
    assertThat(touched(new Region(27, 11, 2, 2), 128, 96, Fit.CROP)).containsExactly(0, 1, 8, 9);
    assertThat(touched(new Region(0, 0, 16, 96), 128, 96, Fit.CROP)).isEmpty();
    assertThat(touched(new Region(112, 0, 16, 96), 128, 96, Fit.CROP)).isEmpty();
    assertThat(touched(new Region(0, 0, 17, 1), 128, 96, Fit.CROP)).containsExactly(0);
    // Stretched, all of it is shown, 16 x 12 to a code.
    assertThat(touched(new Region(0, 0, 16, 12), 128, 96, Fit.STRETCH)).containsExactly(0);
    assertThat(touched(new Region(112, 95, 16, 1), 128, 96, Fit.STRETCH)).containsExactly(63);
  }

  @Test
  void shouldCountAPixelOnABorderToBothCodes() {
    // 100 pixels are 12.5 to a code: the pixel at 12 lies half in the first, half in the second.
    assertThat(touched(new Region(12, 0, 1, 1), 100, 100, Fit.CROP)).containsExactly(0, 1);
    assertThat(touched(new Region(11, 0, 1, 1), 100, 100, Fit.CROP)).containsExactly(0);
    // Smaller than the grid: one pixel is four codes.
    assertThat(touched(new Region(1, 0, 1, 1), 4, 4, Fit.CROP)).containsExactly(2, 3, 10, 11);
  }

  @Test
  void shouldMissAllCodesOfAPlace() {
    ImageShape image = image(Fit.CROP);
    Holes holes = Holes.touchedBy(new Region(8, 0, 1, 1), 64, 64, image, new GridShape(8, 8, 2));
    assertThat(holes.indices()).containsExactly(2, 3);
    assertThat(holes.at(2)).isTrue();
    assertThat(holes.at(4)).isFalse();
    assertThat(holes.places()).isEqualTo(128);
  }

  @Test
  void shouldRefuseHolesOutsideOfTheImage() {
    assertThatThrownBy(() -> Holes.of(4, IntStream.of(4))).hasMessage("place 4 is outside 0..3");
  }

  private static int[] touched(Region mask, int width, int height, Fit fit) {
    return Holes.touchedBy(mask, width, height, image(fit), GRID).indices().toArray();
  }

  private static ImageShape image(Fit fit) {
    List<Float> half = List.of(0.5f, 0.5f, 0.5f);
    return new ImageShape(64, 64, fit, half, half);
  }
}
