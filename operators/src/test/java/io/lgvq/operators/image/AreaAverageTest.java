package io.lgvq.operators.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class AreaAverageTest {

  @Test
  void shouldChangeNothingAtSameSize() {
    Pixels noise = noise(31, 17);

    assertThat(AreaAverage.resize(noise, 31, 17, Fit.CROP)).isEqualTo(noise);
    assertThat(AreaAverage.resize(noise, 31, 17, Fit.STRETCH)).isEqualTo(noise);
  }

  @Test
  void shouldAverageWholeBlocks() {
    Pixels noise = noise(40, 30);
    Pixels small = AreaAverage.resize(noise, 8, 6, Fit.CROP);

    for (int y = 0; y < 6; y++) {
      for (int x = 0; x < 8; x++) {
        int sum = 0;
        for (int i = 0; i < 25; i++) {
          sum += green(noise, 5 * x + i % 5, 5 * y + i / 5);
        }
        assertThat((double) green(small, x, y)).isCloseTo(sum / 25.0, within(0.51));
      }
    }
  }

  @Test
  void shouldShareBorderPixelsByArea() {
    Pixels three = new Pixels(3, 1, new byte[] {0, 0, 0, 90, 90, 90, (byte) 240, 0, 0});
    Pixels two = AreaAverage.resize(three, 2, 1, Fit.STRETCH);

    // 1.5 pixels each: all of the outer one, half of the inner one
    assertThat(two.rgb()).containsExactly(30, 30, 30, (byte) 190, 30, 30);
  }

  @Test
  void shouldRepeatPixelsUpwards() {
    Pixels two = new Pixels(2, 1, new byte[] {10, 10, 10, 20, 20, 20});

    assertThat(AreaAverage.resize(two, 4, 2, Fit.CROP).rgb())
        .containsExactly(
            10, 10, 10, 10, 10, 10, 20, 20, 20, 20, 20, 20, 10, 10, 10, 10, 10, 10, 20, 20, 20, 20,
            20, 20);
  }

  @Test
  void shouldCropCentre() {
    Pixels noise = noise(60, 20);

    Pixels cropped = AreaAverage.resize(noise, 20, 20, Fit.CROP);

    for (int i = 0; i < 400; i++) {
      assertThat(green(cropped, i % 20, i / 20)).isEqualTo(green(noise, 20 + i % 20, i / 20));
    }
  }

  @Test
  void shouldSurviveExtremeAspects() {
    assertThat(AreaAverage.resize(noise(1, 500), 64, 64, Fit.CROP).width()).isEqualTo(64);
    assertThat(AreaAverage.resize(noise(500, 1), 64, 2, Fit.CROP).height()).isEqualTo(2);
    assertThat(AreaAverage.resize(noise(1, 500), 64, 64, Fit.STRETCH).height()).isEqualTo(64);
  }

  private static Pixels noise(int width, int height) {
    byte[] rgb = new byte[3 * width * height];
    new Random(7).nextBytes(rgb);
    return new Pixels(width, height, rgb);
  }

  private static int green(Pixels pixels, int x, int y) {
    return pixels.rgb()[3 * (y * pixels.width() + x) + 1] & 0xff;
  }
}
