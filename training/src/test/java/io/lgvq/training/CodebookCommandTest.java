package io.lgvq.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.lgvq.operators.bundle.Bundle;
import io.lgvq.operators.bundle.BundleManifest.GridShape;
import io.lgvq.operators.codebook.TokenGrid;
import io.lgvq.operators.image.Pixels;
import io.lgvq.training.evaluate.OpenBundle;
import io.lgvq.training.release.UntrainedBundle;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code bundle codebook}: a picture of all codes, or one sentence that says why not. */
class CodebookCommandTest {

  private static final int SIDE = 32;
  private static final int STEP = SIDE + 2;

  @TempDir Path folder;
  private Path bundle;
  private Path file;

  @BeforeEach
  void write() throws IOException {
    bundle = folder.resolve("bundle");
    file = folder.resolve("codes.png");
    UntrainedBundle.write(bundle, UntrainedBundle.tiny(), 16);
  }

  @Test
  void shouldDrawEveryCodeAsTheDecoderShowsIt() throws Exception {
    Ended ended = run(bundle, file);
    assertThat(ended.output()).contains("shows the 64 codes of untrained 0.0.1");
    assertThat(ended.code()).isZero();

    BufferedImage image = ImageIO.read(file.toFile());
    assertThat(image.getWidth()).isEqualTo(8 * STEP - 2);
    assertThat(image.getHeight()).isEqualTo(8 * STEP - 2);
    List<Pixels> tiles = new ArrayList<>();
    for (int i = 0; i < 64; i++) {
      tiles.add(tile(image, i % 8 * STEP, i / 8 * STEP));
    }
    assertThat(tiles).containsExactlyInAnyOrderElementsOf(decoded());
  }

  @Test
  void shouldFindABundleByItsName() throws Exception {
    UntrainedBundle.write(folder.resolve("bundles/named"), UntrainedBundle.tiny(), 16);
    Ended ended = run(Path.of("named"), file);
    assertThat(ended.output()).contains("shows the 64 codes of untrained 0.0.1");
    assertThat(ended.code()).isZero();
  }

  private record Ended(int code, String output) {}

  private Ended run(Path bundle, Path file) throws Exception {
    Process process =
        new ProcessBuilder(
                System.getProperty("java.home") + "/bin/java",
                "-Dlgvq.root=" + folder,
                "-cp",
                System.getProperty("java.class.path"),
                Training.class.getName(),
                "bundle",
                "codebook",
                bundle.toString(),
                "--out",
                file.toString())
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes());
    return new Ended(process.waitFor(), output);
  }

  @Test
  void shouldSayInASentenceWhatIsWrong() throws Exception {
    Ended noBundle = run(folder, file);
    assertThat(noBundle.code()).isEqualTo(1);
    assertThat(noBundle.output()).contains("lgvq: There is no bundle at").doesNotContain("\tat ");
    assertThat(file).doesNotExist();

    Ended noFolder = run(bundle, folder.resolve("nowhere/codes.png"));
    assertThat(noFolder.code()).isEqualTo(1);
    assertThat(noFolder.output()).contains("lgvq: there is no folder for").doesNotContain("\tat ");

    Path decoder = bundle.resolve("decoder.onnx");
    byte[] broken = Files.readAllBytes(decoder);
    broken[broken.length / 2]++;
    Files.write(decoder, broken);
    Ended damaged = run(bundle, file);
    assertThat(damaged.code()).isEqualTo(1);
    assertThat(damaged.output()).contains("decoder.onnx").doesNotContain("\tat ");
  }

  private List<Pixels> decoded() {
    Bundle opened = Bundle.open(bundle);
    GridShape grid = opened.manifest().grid();
    try (OpenBundle open = OpenBundle.of(opened)) {
      return open.served()
          .reconstructor()
          .apply(
              IntStream.range(0, 64)
                  .mapToObj(
                      code -> {
                        int[] codes = new int[grid.codes()];
                        Arrays.fill(codes, code);
                        return new TokenGrid(
                            opened.codebook(), grid.height(), grid.width(), grid.depth(), codes);
                      })
                  .toList());
    }
  }

  private static Pixels tile(BufferedImage image, int x, int y) {
    byte[] rgb = new byte[3 * SIDE * SIDE];
    for (int i = 0; i < SIDE * SIDE; i++) {
      int packed = image.getRGB(x + i % SIDE, y + i / SIDE);
      rgb[3 * i] = (byte) (packed >> 16);
      rgb[3 * i + 1] = (byte) (packed >> 8);
      rgb[3 * i + 2] = (byte) packed;
    }
    return new Pixels(SIDE, SIDE, rgb);
  }
}
