package io.lgvq.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.lgvq.Pictures;
import io.lgvq.operators.bundle.Bundle;
import io.lgvq.operators.image.Fit;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoPageTest {
  private static final Path BUNDLE = Path.of(System.getProperty("lgvq.root"), "bundles/lgvq-small");

  @TempDir private Path folder;

  @Test
  void shouldKeepTheWorstPictureSmall() throws Exception {
    BufferedImage noise = new BufferedImage(1600, 1200, BufferedImage.TYPE_INT_RGB);
    Random random = new Random(1);
    for (int i = 0; i < 1600 * 1200; i++) {
      noise.setRGB(i % 1600, i / 1600, random.nextInt());
    }
    SceneProgress scene = scene("noise.png");
    ImageIO.write(noise, "png", scene.scene().path().toFile());
    try (Thumbnails thumbnails = new Thumbnails(Fit.CROP)) {
      assertThat(thumbnails.of(scene))
          .hasValueSatisfying(
              uri -> assertThat(uri).startsWith("data:image/jpeg;base64,").hasSizeLessThan(60_000));
    }
  }

  @Test
  void shouldShowNoPictureThatWasRefusedOrThatTheDecoderRefuses() throws Exception {
    SceneProgress refused = scene("refused.png");
    Files.write(refused.scene().path(), Pictures.ball(Color.RED));
    refused.refused("image-refused");
    SceneProgress none = scene("none.png");
    Files.writeString(none.scene().path(), "no picture");
    SceneProgress gone = scene("gone.png");
    try (Thumbnails thumbnails = new Thumbnails(Fit.CROP)) {
      assertThat(thumbnails.of(refused)).isEmpty();
      assertThat(thumbnails.of(none)).isEmpty();
      assertThat(thumbnails.of(gone)).isEmpty();
    }
  }

  @Test
  void shouldShowTheFirstImagesOfManyAndSaySo() throws Exception {
    SceneProgress first = scene("first.png");
    Files.write(first.scene().path(), Pictures.ball(Color.RED));
    List<SceneProgress> scenes =
        IntStream.range(0, 2_000)
            .mapToObj(i -> i == 0 ? first : scene("picture-" + i + ".png"))
            .toList();
    Path page = folder.resolve("index.html");

    DemoPage.write(
        page,
        Bundle.open(BUNDLE),
        scenes,
        new DemoPage.Run(Optional.empty(), Map.of(), 0, Optional.empty()));

    assertThat(Files.readString(page))
        .contains("\"first.png\":\"data:image/jpeg;base64,", "\"sent\":2000", "picture-499.png")
        .doesNotContain("picture-500.png");
  }

  private SceneProgress scene(String file) {
    return new SceneProgress(new Scene(file, folder.resolve(file), "image/png", List.of()));
  }
}
