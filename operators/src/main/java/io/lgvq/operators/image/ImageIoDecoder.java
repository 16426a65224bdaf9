package io.lgvq.operators.image;

import com.twelvemonkeys.imageio.plugins.webp.WebPImageReaderSpi;
import io.lgvq.operators.OperatorException;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeoutException;
import javax.imageio.ImageReader;
import javax.imageio.spi.IIORegistry;
import javax.imageio.spi.ImageReaderSpi;

/**
 * Decodes JPEG, PNG, GIF (first frame), BMP and WebP with ImageIO, on the footing that every image
 * is hostile: the format is what the magic bytes say, only Java's own readers and TwelveMonkeys'
 * WebP reader ever run, sizes and what they take of the heap are read from the header and held
 * against the limits before pixels are allocated, and a truncated file is refused rather than
 * filled up.
 *
 * <p>EXIF orientation is honoured in JPEG alone. Alpha is laid over white; colour profiles are
 * ignored (see {@link RasterRows}). The first frame of a GIF is taken as it is, without the canvas.
 *
 * <p>Threading: safe for use by several threads. Each call decodes on a daemon thread of the
 * decoder's own, so that the caller gets its answer in time whatever the image does. All calls
 * together take at most {@link ImageLimits#maxMemory()} of the heap for decoded pixels.
 */
public final class ImageIoDecoder implements ImageDecoder {

  /** Callers and stuck decoders together; a stage has a few callers, so the rest is patience. */
  private static final int MOST_THREADS = 64;

  private static final Map<ImageFormat, ImageReaderSpi> READERS = readers();

  private final int width;
  private final int height;
  private final Fit fit;
  private final ImageLimits limits;
  private final DecodeThreads threads = new DecodeThreads(MOST_THREADS);

  /** KiB of the heap that are free for decoding: large images wait for one another, in turn. */
  private final Semaphore memory;

  /**
   * @param width of the pictures that come out, in pixels
   * @param height of the pictures that come out, in pixels
   * @param fit what happens to pictures of another aspect
   * @param limits what one image may cost
   */
  public ImageIoDecoder(int width, int height, Fit fit, ImageLimits limits) {
    this.width = width;
    this.height = height;
    this.fit = fit;
    this.limits = limits;
    this.memory = new Semaphore(kibi(limits.maxMemory()), true);
  }

  @Override
  public Decoded decode(byte[] encoded, String mediaType) {
    if (encoded.length == 0) {
      return rejected(ImageProblem.EMPTY, "the image has no bytes");
    }
    if (encoded.length > limits.maxBytes()) {
      return rejected(
          ImageProblem.TOO_MANY_BYTES,
          "%d bytes, where %d are allowed".formatted(encoded.length, limits.maxBytes()));
    }
    Optional<ImageFormat> format = ImageFormat.of(encoded);
    if (format.isEmpty()) {
      return rejected(
          ImageProblem.UNSUPPORTED_FORMAT,
          "the first bytes are not of JPEG, PNG, GIF, BMP or WebP");
    }
    if (limits.rejectMislabelled() && format.get().contradicts(mediaType)) {
      return rejected(
          ImageProblem.MISLABELLED,
          "declared as %s, but the first bytes are of %s"
              .formatted(ImageFormat.printable(mediaType), format.get().title()));
    }
    return inTime(format.get(), encoded);
  }

  @Override
  public void close() {
    threads.close();
  }

  private Decoded inTime(ImageFormat format, byte[] encoded) {
    EncodedInput input = new EncodedInput(encoded);
    try {
      return threads.run(() -> read(format, encoded, input), limits.timeout(), input::stop);
    } catch (TimeoutException e) {
      return rejected(ImageProblem.TIMEOUT, "decoding took longer than " + limits.timeout());
    } catch (OperatorException e) {
      throw e;
    } catch (Exception | StackOverflowError e) {
      // Readers throw all kinds of runtime exceptions on damaged data, so all of them count as
      // such.
      return rejected(
          ImageProblem.CORRUPT,
          "the %s data is damaged (%s)".formatted(format.title(), e.getClass().getSimpleName()));
    }
  }

  private Decoded read(ImageFormat format, byte[] encoded, EncodedInput input)
      throws IOException, InterruptedException {
    ImageReader reader = READERS.get(format).createReaderInstance();
    try {
      reader.setInput(input, true, true);
      DeclaredSize size = Container.hiddenSize(format, encoded);
      if (size.within(limits)) {
        size = DeclaredSize.larger(size, new DeclaredSize(reader.getWidth(0), reader.getHeight(0)));
      }
      if (!size.within(limits)) {
        return rejected(
            ImageProblem.TOO_MANY_PIXELS,
            "the header declares %d x %d pixels".formatted(size.width(), size.height()));
      }
      Container.check(format, encoded);
      long bytes = DecodedBytes.of(format, size, encoded, reader);
      if (bytes > limits.maxMemory()) {
        return rejected(
            ImageProblem.TOO_MANY_PIXELS,
            "decoding %d x %d pixels of this kind takes %d bytes of memory, where %d are allowed"
                .formatted(size.width(), size.height(), bytes, limits.maxMemory()));
      }
      memory.acquire(kibi(bytes));
      try {
        return picture(format, encoded, reader);
      } finally {
        memory.release(kibi(bytes));
      }
    } catch (BrokenImage e) {
      return rejected(ImageProblem.CORRUPT, e.getMessage());
    } finally {
      reader.dispose();
      input.close();
    }
  }

  private Decoded picture(ImageFormat format, byte[] encoded, ImageReader reader)
      throws IOException, BrokenImage {
    if (format != ImageFormat.JPEG) {
      return picture(RasterRows.of(reader.read(0)), Orientation.UPRIGHT);
    }
    JpegSegments segments = JpegSegments.of(encoded);
    JpegDamage damage = JpegDamage.watch(reader);
    Rows rows =
        segments.components() == 4
            ? RasterRows.ofPrint(reader.readRaster(0, null), segments)
            : RasterRows.of(reader.read(0));
    damage.check();
    return picture(rows, segments.orientation());
  }

  private Decoded picture(Rows rows, Orientation orientation) {
    if (orientation.swapped()) {
      Pixels stored = AreaAverage.resize(rows, height, width, fit);
      return new Decoded.Picture(orientation.upright(stored), rows.height(), rows.width());
    }
    Pixels stored = AreaAverage.resize(rows, width, height, fit);
    return new Decoded.Picture(orientation.upright(stored), rows.width(), rows.height());
  }

  private static int kibi(long bytes) {
    return (int) Math.min(Integer.MAX_VALUE, bytes / 1024 + 1);
  }

  private static Decoded rejected(ImageProblem problem, String detail) {
    return new Decoded.Rejected(problem, detail);
  }

  private static Map<ImageFormat, ImageReaderSpi> readers() {
    Map<ImageFormat, ImageReaderSpi> readers = new EnumMap<>(ImageFormat.class);
    Iterator<ImageReaderSpi> known =
        IIORegistry.getDefaultInstance().getServiceProviders(ImageReaderSpi.class, true);
    while (known.hasNext()) {
      ImageReaderSpi reader = known.next();
      if (reader.getClass().getModule() == BufferedImage.class.getModule()) {
        for (ImageFormat format : ImageFormat.values()) {
          if (List.of(reader.getFormatNames()).contains(format.title())) {
            readers.put(format, reader);
          }
        }
      }
    }
    readers.put(ImageFormat.WEBP, new WebPImageReaderSpi());
    return readers;
  }
}
