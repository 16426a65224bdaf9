package io.lgvq.operators;

import static org.assertj.core.api.Assertions.assertThat;

import io.lgvq.operators.bundle.Bundle;
import io.lgvq.operators.engine.EngineSettings;
import io.lgvq.operators.image.Pixels;
import io.lgvq.operators.serve.BundleOperators;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * The bundle that tests of models run on: the project's own, or the one that the system property
 * {@code lgvq.test.bundle} names.
 */
public final class TestBundle {

  private TestBundle() {}

  /** Where the bundle lies. */
  public static Path folder() {
    Path folder =
        Path.of(
            System.getProperty(
                "lgvq.test.bundle",
                Path.of(System.getProperty("lgvq.root", "."), "bundles/lgvq-small").toString()));
    assertThat(folder).as("the bundle that tests run on").isDirectory();
    return folder;
  }

  /** The bundle on the CPU. */
  public static BundleOperators operators() {
    return BundleOperators.of(Bundle.open(folder()), EngineSettings.cpu());
  }

  /** Made pictures of the bundle's size: coloured discs on a shaded ground, no two alike. */
  public static List<Pixels> pictures(int count, long seed) {
    var image = Bundle.open(folder()).manifest().image();
    Random random = new Random(seed);
    return IntStream.range(0, count)
        .mapToObj(i -> picture(image.width(), image.height(), random))
        .toList();
  }

  private static Pixels picture(int width, int height, Random random) {
    byte[] rgb = new byte[3 * width * height];
    int[] ground = colour(random);
    int[] disc = colour(random);
    int centreX = random.nextInt(width);
    int centreY = random.nextInt(height);
    int radius = 4 + random.nextInt(width / 2);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        boolean inside = Math.hypot(x - centreX, y - centreY) < radius;
        for (int channel = 0; channel < 3; channel++) {
          int value = inside ? disc[channel] : ground[channel] * (height + y) / (2 * height);
          rgb[3 * (y * width + x) + channel] = (byte) value;
        }
      }
    }
    return new Pixels(width, height, rgb);
  }

  private static int[] colour(Random random) {
    return new int[] {random.nextInt(256), random.nextInt(256), random.nextInt(256)};
  }
}
