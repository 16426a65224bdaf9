package io.lgvq.training.evaluate.frechet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.lgvq.operators.image.Pixels;
import io.lgvq.training.SyntheticCorpus;
import io.lgvq.training.perception.MobileNet;
import io.lgvq.training.perception.ShippedEye;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.IntUnaryOperator;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Sets of pictures as the real network sees them. */
class FrechetMeasureTest {

  private static final MobileNet EYE = ShippedEye.open();
  private static final int PICTURES = 24;

  @AfterAll
  static void close() {
    EYE.close();
  }

  @Test
  void shouldFindEqualPicturesAsOne() {
    List<Pixels> pictures = pictures(64);
    assertThat(distance(pictures, pictures)).isCloseTo(0, within(1e-6));
  }

  @Test
  void shouldFindBlurAndOtherColoursWorseThanSlightNoise() {
    List<Pixels> pictures = pictures(64);
    double noised = distance(pictures, changed(pictures, FrechetMeasureTest::noised));
    double blurred = distance(pictures, changed(pictures, FrechetMeasureTest::blurred));
    double brighter = distance(pictures, changed(pictures, FrechetMeasureTest::brighter));
    assertThat(noised).isPositive();
    assertThat(blurred).isGreaterThan(2 * noised);
    assertThat(brighter).isGreaterThan(2 * noised);
  }

  @Test
  void shouldNotMindInWhichBatchesPicturesCome() {
    List<Pixels> pictures = pictures(32);
    List<Pixels> blurred = changed(pictures, FrechetMeasureTest::blurred);
    FrechetMeasure measure = new FrechetMeasure(EYE);
    measure.add(pictures.subList(0, 5), blurred.subList(0, 5));
    measure.add(pictures.subList(5, PICTURES), blurred.subList(5, PICTURES));
    double whole = distance(pictures, blurred);
    assertThat(measure.result().orElseThrow()).isCloseTo(whole, within(1e-3 * whole));
  }

  @Test
  void shouldLookAtLargePicturesAndAtLongOnes() {
    for (int[] size : new int[][] {{300, 300}, {40, 20}, {120, 100}}) {
      Pixels dark = new Pixels(size[0], size[1], new byte[3 * size[0] * size[1]]);
      List<float[]> features = new PictureFeatures(EYE).of(List.of(dark, dark));
      assertThat(features).hasSize(2);
      assertThat(features.get(0)).hasSize(MobileNet.EMBEDDING);
      assertThat(features.get(0)[0]).isCloseTo(features.get(1)[0], within(1e-4f));
    }
  }

  @Test
  void shouldSayNothingOfOnePicture() {
    FrechetMeasure measure = new FrechetMeasure(EYE);
    assertThat(measure.result()).isEmpty();
    List<Pixels> one = pictures(32).subList(0, 1);
    measure.add(one, one);
    assertThat(measure.result()).isEmpty();
  }

  private static double distance(List<Pixels> pictures, List<Pixels> others) {
    FrechetMeasure measure = new FrechetMeasure(EYE);
    measure.add(pictures, others);
    return measure.result().orElseThrow();
  }

  private static List<Pixels> pictures(int side) {
    SyntheticCorpus corpus = new SyntheticCorpus(side);
    return IntStream.range(0, PICTURES)
        .mapToObj(index -> corpus.sample("test", index).pixels())
        .toList();
  }

  private static List<Pixels> changed(List<Pixels> pictures, UnaryOperator<Pixels> change) {
    return pictures.stream().map(change).toList();
  }

  private static Pixels noised(Pixels picture) {
    SplittableRandom random = new SplittableRandom(9);
    return each(picture, value -> value + random.nextInt(-1, 2));
  }

  private static Pixels brighter(Pixels picture) {
    return each(picture, value -> value / 2 + 127);
  }

  private static Pixels each(Pixels picture, IntUnaryOperator change) {
    byte[] rgb = picture.rgb().clone();
    for (int i = 0; i < rgb.length; i++) {
      rgb[i] = (byte) Math.max(0, Math.min(255, change.applyAsInt(rgb[i] & 255)));
    }
    return new Pixels(picture.width(), picture.height(), rgb);
  }

  /** Mean over 9 x 9 pixels. */
  private static Pixels blurred(Pixels picture) {
    int width = picture.width();
    int height = picture.height();
    byte[] rgb = new byte[picture.rgb().length];
    for (int at = 0; at < rgb.length; at++) {
      int x = at / 3 % width;
      int y = at / 3 / width;
      int sum = 0;
      int count = 0;
      for (int row = Math.max(0, y - 4); row <= Math.min(height - 1, y + 4); row++) {
        for (int column = Math.max(0, x - 4); column <= Math.min(width - 1, x + 4); column++) {
          sum += picture.rgb()[(row * width + column) * 3 + at % 3] & 255;
          count++;
        }
      }
      rgb[at] = (byte) (sum / count);
    }
    return new Pixels(width, height, rgb);
  }
}
