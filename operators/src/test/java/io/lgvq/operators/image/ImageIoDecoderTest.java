package io.lgvq.operators.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.WritableRaster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImageIoDecoderTest {

  private final ImageIoDecoder decoder = decoder(ImageLimits.standard());

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
        "gif",
        "bmp",
        "gradient-lossy.webp",
        "gradient-lossless.webp",
        "gradient-animated.webp"
      })
  void shouldDecodeEveryFormat(String sample) {
    Pixels pixels = picture(TestImages.sample(sample));

    assertThat(pixels.width()).isEqualTo(TestImages.WIDTH);
    assertThat(pixels.height()).isEqualTo(TestImages.HEIGHT);
    int tolerance = sample.equals("gif") ? 40 : 12; // a GIF of many colours loses some
    for (int y = 0; y < TestImages.HEIGHT; y += 5) {
      for (int x = 0; x < TestImages.WIDTH; x += 5) {
        assertThat(rgb(pixels, x, y)[0]).isCloseTo(TestImages.red(x), within(tolerance));
        assertThat(rgb(pixels, x, y)[1]).isCloseTo(TestImages.green(y), within(tolerance));
        assertThat(rgb(pixels, x, y)[2]).isCloseTo(128, within(tolerance));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"png", "bmp", "gradient-lossless.webp"})
  void shouldKeepEveryPixelOfLosslessFormats(String sample) {
    Pixels pixels = picture(TestImages.sample(sample));

    for (int i = 0; i < TestImages.WIDTH * TestImages.HEIGHT; i++) {
      int x = i % TestImages.WIDTH;
      int y = i / TestImages.WIDTH;
      assertThat(rgb(pixels, x, y)).containsExactly(TestImages.red(x), TestImages.green(y), 128);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {BufferedImage.TYPE_BYTE_GRAY, BufferedImage.TYPE_USHORT_GRAY})
  void shouldKeepGreyValues(int type) {
    BufferedImage grey = new BufferedImage(TestImages.WIDTH, TestImages.HEIGHT, type);
    int value = type == BufferedImage.TYPE_BYTE_GRAY ? 100 : 100 * 257;
    for (int i = 0; i < TestImages.WIDTH * TestImages.HEIGHT; i++) {
      grey.getRaster().setSample(i % TestImages.WIDTH, i / TestImages.WIDTH, 0, value);
    }

    assertThat(rgb(picture(TestImages.encode(grey, "png")), 7, 7)).containsExactly(100, 100, 100);
    if (type == BufferedImage.TYPE_BYTE_GRAY) {
      assertThat(rgb(picture(TestImages.encode(grey, "jpeg")), 7, 7))
          .containsExactly(100, 100, 100);
    }
  }

  @Test
  void shouldRoundSixteenBitColours() {
    var model =
        new ComponentColorModel(
            ColorSpace.getInstance(ColorSpace.CS_sRGB), false, false, 1, DataBuffer.TYPE_USHORT);
    WritableRaster raster =
        model.createCompatibleWritableRaster(TestImages.WIDTH, TestImages.HEIGHT);
    for (int i = 0; i < TestImages.WIDTH * TestImages.HEIGHT; i++) {
      raster.setPixel(
          i % TestImages.WIDTH, i / TestImages.WIDTH, new int[] {65535, 100 * 257 + 100, 0});
    }
    byte[] png = TestImages.encode(new BufferedImage(model, raster, false, null), "png");

    assertThat(rgb(picture(png), 3, 3)).containsExactly(255, 100, 0);
  }

  @Test
  void shouldLayAlphaOverWhite() {
    BufferedImage half =
        new BufferedImage(TestImages.WIDTH, TestImages.HEIGHT, BufferedImage.TYPE_INT_ARGB);
    Graphics2D graphics = half.createGraphics();
    graphics.setColor(new Color(255, 0, 0, 51));
    graphics.fillRect(0, 0, TestImages.WIDTH, TestImages.HEIGHT);
    graphics.dispose();

    assertThat(rgb(picture(TestImages.encode(half, "png")), 9, 9)).containsExactly(255, 204, 204);
    assertThat(rgb(picture(TestImages.resource("clear-alpha.webp")), 9, 9))
        .containsExactly(255, 255, 255);
  }

  @Test
  void shouldTakeFirstFrameOfAnimatedGif() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ImageWriter writer = ImageIO.getImageWritersByFormatName("gif").next();
    try (var out = new MemoryCacheImageOutputStream(bytes)) {
      writer.setOutput(out);
      writer.prepareWriteSequence(null);
      for (Color colour : new Color[] {Color.BLUE, Color.RED}) {
        BufferedImage frame =
            new BufferedImage(TestImages.WIDTH, TestImages.HEIGHT, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = frame.createGraphics();
        graphics.setColor(colour);
        graphics.fillRect(0, 0, TestImages.WIDTH, TestImages.HEIGHT);
        graphics.dispose();
        writer.writeToSequence(new IIOImage(frame, null, null), null);
      }
      writer.endWriteSequence();
    }

    assertThat(rgb(picture(bytes.toByteArray()), 5, 5)).containsExactly(0, 0, 255);
  }

  @ParameterizedTest
  @CsvSource({"1,0,0", "2,1,0", "3,1,1", "4,0,1", "5,0,0", "6,1,0", "7,1,1", "8,0,1"})
  void shouldTurnJpegAsExifSays(int orientation, int right, int bottom) {
    byte[] jpeg = withExif(TestImages.sample("jpeg"), orientation);
    boolean turned = orientation > 4;
    int width = turned ? TestImages.HEIGHT : TestImages.WIDTH;
    int height = turned ? TestImages.WIDTH : TestImages.HEIGHT;
    try (var upright = new ImageIoDecoder(width, height, Fit.CROP, ImageLimits.standard())) {
      Decoded.Picture picture = (Decoded.Picture) upright.decode(jpeg, "");
      assertThat(picture.width()).isEqualTo(width);
      assertThat(picture.height()).isEqualTo(height);
      Pixels pixels = picture.pixels();

      int[] darkest = rgb(pixels, right * (width - 1), bottom * (height - 1));
      assertThat(darkest[0]).as("stored left edge").isLessThan(16);
      assertThat(darkest[1]).as("stored upper edge").isLessThan(16);
      int[] opposite = rgb(pixels, (1 - right) * (width - 1), bottom * (height - 1));
      assertThat(opposite[turned ? 1 : 0]).as("stored other edge").isGreaterThan(240);
      assertThat(opposite[turned ? 0 : 1]).isLessThan(16);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "image/png,MISLABELLED",
    "IMAGE/TIFF; q=1,MISLABELLED",
    "image/jpeg,",
    "image/jpg; charset=binary,",
    "application/octet-stream,",
    "image/*,",
    "'',"
  })
  void shouldHoldLabelAgainstMagicBytes(String mediaType, ImageProblem problem) {
    Decoded decoded = decoder.decode(TestImages.sample("jpeg"), mediaType);

    if (problem == null) {
      assertThat(decoded).isInstanceOf(Decoded.Picture.class);
    } else {
      assertRejected(decoded, problem);
    }
  }

  @Test
  void shouldNameBothTypesOfAMislabelledImageInAFewPlainCharacters() {
    byte[] jpeg = TestImages.sample("jpeg");

    assertThat(decoder.decode(jpeg, "Image/PNG; name=secret.png"))
        .isEqualTo(
            new Decoded.Rejected(
                ImageProblem.MISLABELLED,
                "declared as image/png, but the first bytes are of JPEG"));
    Decoded hostile = decoder.decode(jpeg, "image/\n<b>\u0000" + "x".repeat(10_000));
    assertThat(((Decoded.Rejected) hostile).detail())
        .contains("image/??b??x", "JPEG")
        .hasSizeLessThan(100);
  }

  @Test
  void shouldIgnoreLabelWhereAskedTo() {
    ImageLimits standard = ImageLimits.standard();
    try (var trusting =
        decoder(
            new ImageLimits(
                standard.maxBytes(),
                standard.maxPixels(),
                standard.maxSide(),
                standard.timeout(),
                false))) {
      assertThat(trusting.decode(TestImages.sample("jpeg"), "image/png"))
          .isInstanceOf(Decoded.Picture.class);
    }
  }

  @Test
  void shouldRejectEmptyImage() {
    assertRejected(decoder.decode(new byte[0], "image/png"), ImageProblem.EMPTY);
  }

  @Test
  void shouldRejectTooManyBytes() {
    byte[] png = TestImages.sample("png");
    try (var frugal =
        decoder(new ImageLimits(png.length - 1, 1 << 20, 1 << 14, Duration.ofSeconds(5), true))) {
      assertRejected(frugal.decode(png, ""), ImageProblem.TOO_MANY_BYTES);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"II*\0 a TIFF", "%PDF-1.7", "<svg/>", "x", "\0\0\1\0 an icon"})
  void shouldRejectUnsupportedFormat(String content) {
    assertRejected(
        decoder.decode(content.getBytes(StandardCharsets.ISO_8859_1), ""),
        ImageProblem.UNSUPPORTED_FORMAT);
  }

  @ParameterizedTest
  @ValueSource(strings = {"jpeg", "png", "gif", "bmp", "gradient-lossless.webp"})
  void shouldRefuseHugeHeaderBeforeAllocation(String format) {
    byte[] huge = HugeHeaders.declare(60_000, 60_000, format, TestImages.sample(format));
    long before = Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();

    Decoded decoded = decoder.decode(huge, "");

    // 60,000 x 60,000 pixels would not fit this machine's heap, let alone this difference.
    assertRejected(decoded, ImageProblem.TOO_MANY_PIXELS);
    assertThat(Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory() - before)
        .isLessThan(256L << 20);
  }

  @ParameterizedTest
  @CsvSource({
    "jpeg,3",
    "gradient-cmyk.jpg,4",
    "png,3",
    "palette png,1",
    "deep png,8",
    "gif,1",
    "bmp,3",
    "gradient-lossless.webp,8",
    "gradient-lossy.webp,32"
  })
  void shouldRefuseWhatTakesMoreMemoryThanAllowed(String sample, int bytesOfPixel) {
    byte[] image = TestImages.sample(sample);
    long needed = (long) bytesOfPixel * TestImages.WIDTH * TestImages.HEIGHT;
    try (var enough = decoder(memory(needed));
        var tooLittle = decoder(memory(needed - 1))) {
      assertThat(enough.decode(image, "")).isInstanceOf(Decoded.Picture.class);
      assertThat(tooLittle.decode(image, ""))
          .isEqualTo(
              new Decoded.Rejected(
                  ImageProblem.TOO_MANY_PIXELS,
                  "decoding 48 x 32 pixels of this kind takes %d bytes of memory, where %d are allowed"
                      .formatted(needed, needed - 1)));
    }
  }

  @Test
  void shouldRefuseHugeFrameInSmallWebpCanvas() {
    byte[] animated = TestImages.sample("gradient-animated.webp");
    int signature = indexOf(animated, "VP8L") + 9;
    ByteBuffer.wrap(animated).order(ByteOrder.LITTLE_ENDIAN).putInt(signature, 0x0fff_ffff);

    assertRejected(decoder.decode(animated, ""), ImageProblem.TOO_MANY_PIXELS);
  }

  @Test
  void shouldNotRunOtherFormatsInsideBmp() {
    byte[] bmp = TestImages.sample("bmp");
    bmp[30] = 4; // BI_JPEG: the pixels are a whole JPEG file

    assertRejected(decoder.decode(bmp, ""), ImageProblem.CORRUPT);
  }

  @Test
  void shouldNotTakeLongerThanAllowed() {
    // A quarter of a second's work, so that it cannot be over before anybody has looked.
    byte[] large =
        TestImages.encode(new BufferedImage(6_000, 6_000, BufferedImage.TYPE_BYTE_BINARY), "png");
    ImageLimits patient = limits(Duration.ofMinutes(1));
    ImageLimits hurried = limits(Duration.ofNanos(1));
    try (var calm = decoder(patient);
        var hasty = decoder(hurried)) {
      assertThat(calm.decode(large, "")).isInstanceOf(Decoded.Picture.class);
      assertRejected(hasty.decode(large, ""), ImageProblem.TIMEOUT);
    }
  }

  @Test
  void shouldWritePngThatReadsBack() {
    Pixels pixels = picture(TestImages.sample("jpeg"));

    assertThat(picture(PngEncoder.encode(pixels))).isEqualTo(pixels);
  }

  private Pixels picture(byte[] encoded) {
    Decoded decoded = decoder.decode(encoded, "");
    assertThat(decoded).isInstanceOf(Decoded.Picture.class);
    return ((Decoded.Picture) decoded).pixels();
  }

  private static void assertRejected(Decoded decoded, ImageProblem problem) {
    assertThat(decoded)
        .isInstanceOfSatisfying(
            Decoded.Rejected.class,
            rejected -> assertThat(rejected.reason()).as(rejected.detail()).isEqualTo(problem));
  }

  private static ImageLimits limits(Duration timeout) {
    return new ImageLimits(1 << 20, 40_000_000, 1 << 14, timeout, true);
  }

  private static ImageLimits memory(long bytes) {
    return new ImageLimits(1 << 20, 40_000_000, 1 << 14, bytes, Duration.ofMinutes(1), true);
  }

  private static ImageIoDecoder decoder(ImageLimits limits) {
    return new ImageIoDecoder(TestImages.WIDTH, TestImages.HEIGHT, Fit.CROP, limits);
  }

  private static int[] rgb(Pixels pixels, int x, int y) {
    int at = 3 * (y * pixels.width() + x);
    return new int[] {
      pixels.rgb()[at] & 0xff, pixels.rgb()[at + 1] & 0xff, pixels.rgb()[at + 2] & 0xff
    };
  }

  /** Puts an APP1 segment with one entry, the orientation, behind the start marker. */
  private static byte[] withExif(byte[] jpeg, int orientation) {
    ByteBuffer segment = ByteBuffer.allocate(4 + 6 + 8 + 2 + 12 + 4);
    segment.putShort((short) 0xffe1).putShort((short) (segment.capacity() - 2));
    segment.put("Exif\0\0".getBytes(StandardCharsets.ISO_8859_1));
    segment.put("MM\0*".getBytes(StandardCharsets.ISO_8859_1)).putInt(8);
    segment.putShort((short) 1).putShort((short) 0x0112).putShort((short) 3).putInt(1);
    segment.putShort((short) orientation).putShort((short) 0).putInt(0);
    return ByteBuffer.allocate(jpeg.length + segment.capacity())
        .put(jpeg, 0, 2)
        .put(segment.array())
        .put(jpeg, 2, jpeg.length - 2)
        .array();
  }

  private static int indexOf(byte[] bytes, String tag) {
    return new String(bytes, StandardCharsets.ISO_8859_1).indexOf(tag);
  }
}
