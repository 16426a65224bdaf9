package io.lgvq.operators.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The standard limits in a process of its own whose heap is smaller than a picture. */
class SmallHeapTest {

  @Test
  void shouldOutliveSmallFileOfPictureLargerThanHeap() throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx64m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Djava.awt.headless=true",
                "-cp",
                System.getProperty("java.class.path"),
                SmallHeapTest.class.getName())
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(process.waitFor()).as(output).isZero();
    assertThat(output.strip().split("\n"))
        .containsExactly("a picture", "TOO_MANY_PIXELS", "a picture");
  }

  /** What runs in the process: 12 megapixels, which 16-bit RGBA makes 98 MB. */
  public static void main(String[] args) {
    try (var decoder = new ImageIoDecoder(8, 8, Fit.CROP, ImageLimits.standard())) {
      for (byte[] image :
          new byte[][] {
            TestImages.sample("deep png"), DeepPng.of(3_500, 3_500), TestImages.sample("jpeg")
          }) {
        Decoded decoded = decoder.decode(image, "image/*");
        System.out.println(
            decoded instanceof Decoded.Rejected rejected ? rejected.reason() : "a picture");
      }
    }
  }
}
