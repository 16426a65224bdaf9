package io.lgvq.operators.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.CRC32;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Damaged images, thousands of them, from fixed seeds: the decoder gives pixels of the right size
 * or a reason, always in time, and never pixels of a truncated file.
 */
class ImageFuzzTest {

  private static final long SEED = 20261122;

  private final ImageIoDecoder decoder =
      new ImageIoDecoder(
          16,
          16,
          Fit.CROP,
          new ImageLimits(1 << 20, 4_000_000, 16_384, Duration.ofSeconds(20), true));

  @AfterEach
  void close() {
    decoder.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "jpeg",
        "progressive jpeg",
        "gradient-cmyk.jpg",
        "png",
        "palette png",
        "gif",
        "bmp",
        "gradient-lossy.webp",
        "gradient-lossless.webp",
        "gradient-animated.webp",
        "clear-alpha.webp"
      })
  void shouldRejectEveryTruncation(String sample) {
    byte[] whole = TestImages.sample(sample);
    assertThat(decoder.decode(whole, "")).isInstanceOf(Decoded.Picture.class);

    for (int length = 1; length < whole.length; length++) {
      assertThat(decoder.decode(Arrays.copyOf(whole, length), ""))
          .as("%s cut to %d of %d bytes", sample, length, whole.length)
          .isInstanceOfSatisfying(
              Decoded.Rejected.class,
              rejected ->
                  assertThat(rejected.reason())
                      .isIn(ImageProblem.CORRUPT, ImageProblem.UNSUPPORTED_FORMAT));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "jpeg",
        "progressive jpeg",
        "gradient-cmyk.jpg",
        "png",
        "palette png",
        "gif",
        "bmp",
        "gradient-lossy.webp",
        "gradient-lossless.webp",
        "gradient-animated.webp",
        "clear-alpha.webp"
      })
  void shouldSurviveBitFlips(String sample) {
    byte[] whole = TestImages.sample(sample);
    Random random = new Random(SEED);

    for (int round = 0; round < 1000; round++) {
      byte[] damaged = whole.clone();
      // Mostly headers, where damage steers the decoder; sometimes anywhere.
      int reach = random.nextInt(4) > 0 ? Math.min(128, whole.length) : whole.length;
      for (int flips = 1 + random.nextInt(6); flips > 0; flips--) {
        damaged[random.nextInt(reach)] ^= (byte) (1 << random.nextInt(8));
      }
      if (sample.endsWith("png") && round % 2 == 0) {
        repairChecksums(damaged); // so that the damage reaches the reader
      }
      assertSane(decoder.decode(damaged, ""), sample + ", seed " + SEED + ", round " + round);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"jpeg", "png", "gif", "bmp", "gradient-lossy.webp", "gradient-lossless.webp"})
  void shouldSurviveRandomBytesBehindTrueMagic(String sample) {
    byte[] whole = TestImages.sample(sample);
    Random random = new Random(SEED);

    for (int round = 0; round < 300; round++) {
      byte[] noise = new byte[64 + random.nextInt(2000)];
      random.nextBytes(noise);
      System.arraycopy(whole, 0, noise, 0, 12 + random.nextInt(40));
      assertSane(decoder.decode(noise, ""), sample + ", seed " + SEED + ", round " + round);
    }
  }

  @Test
  void shouldSurviveRandomBytes() {
    Random random = new Random(SEED);

    for (int round = 0; round < 2000; round++) {
      byte[] noise = new byte[1 + random.nextInt(500)];
      random.nextBytes(noise);
      assertSane(decoder.decode(noise, ""), "seed " + SEED + ", round " + round);
    }
  }

  private static void repairChecksums(byte[] png) {
    ByteBuffer bytes = ByteBuffer.wrap(png);
    int at = 8;
    while (at + 12 <= png.length) {
      int length = bytes.getInt(at);
      if (length < 0 || length > png.length - at - 12) {
        return;
      }
      CRC32 crc = new CRC32();
      crc.update(png, at + 4, length + 4);
      bytes.putInt(at + 8 + length, (int) crc.getValue());
      at += 12 + length;
    }
  }

  private static void assertSane(Decoded decoded, String what) {
    if (decoded instanceof Decoded.Picture picture) {
      assertThat(picture.pixels().width()).as(what).isEqualTo(16);
      assertThat(picture.pixels().height()).as(what).isEqualTo(16);
    } else {
      assertThat(((Decoded.Rejected) decoded).reason())
          .as(what)
          .isNotIn(ImageProblem.TIMEOUT, ImageProblem.EMPTY);
    }
  }
}
