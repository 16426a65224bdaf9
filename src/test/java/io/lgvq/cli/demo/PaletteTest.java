package io.lgvq.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class PaletteTest {
  @Test
  void shouldGiveSimilarVectorsSimilarColours() {
    Random random = new Random(7);
    float[][] vectors = new float[400][16];
    for (float[] vector : vectors) {
      for (int j = 0; j < vector.length; j++) {
        vector[j] = (float) random.nextGaussian() * (j < 3 ? 4 - j : 0.05f);
      }
    }
    vectors[1] = vectors[0].clone();
    vectors[1][0] += 0.01f;
    String[] colours = Palette.of(vectors);
    double twin = distance(colours[0], colours[1]);
    double others = 0;
    for (int i = 2; i < colours.length; i++) {
      others += distance(colours[0], colours[i]) / (colours.length - 2);
    }
    assertThat(colours).hasSize(400).allMatch(colour -> colour.matches("#[0-9a-f]{6}"));
    assertThat(twin).isLessThan(others / 5);
  }

  @Test
  void shouldColourCodebookWithoutAnySpread() {
    assertThat(Palette.of(new float[][] {{1, 2}, {1, 2}})).hasSize(2);
  }

  private static double distance(String a, String b) {
    double sum = 0;
    for (int i = 1; i < 7; i += 2) {
      int difference =
          Integer.parseInt(a.substring(i, i + 2), 16) - Integer.parseInt(b.substring(i, i + 2), 16);
      sum += difference * difference;
    }
    return Math.sqrt(sum);
  }
}
