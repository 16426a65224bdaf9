package io.lgvq.operators.image;

import java.awt.image.DataBuffer;
import java.awt.image.SampleModel;
import java.io.IOException;
import javax.imageio.ImageReader;

/**
 * How much of the heap an image takes while it is decoded, told from its header before anything is
 * allocated. What is made of the decoded pixels is read row by row ({@link Rows}), so that nothing
 * else grows with the picture.
 */
final class DecodedBytes {

  /** Measured at 26: TwelveMonkeys keeps objects for each block until the picture is whole. */
  private static final int LOSSY_WEBP = 32;

  /** Measured below 6: the pixels, and tables that are laid over them. */
  private static final int LOSSLESS_WEBP = 8;

  private static final int FIRST_CHUNK = 12;

  private DecodedBytes() {}

  /**
   * Bytes for all pixels.
   *
   * @param size the largest that the file declares
   * @param reader has the file as its input
   * @throws IOException if the header cannot be read
   */
  static long of(ImageFormat format, DeclaredSize size, byte[] encoded, ImageReader reader)
      throws IOException {
    return size.pixels()
        * switch (format) {
          case JPEG -> jpeg(JpegSegments.of(encoded).components());
          case PNG, GIF, BMP -> pixel(reader.getImageTypes(0).next().getSampleModel());
          case WEBP -> webp(encoded);
        };
  }

  /** The reader tells no type for print colours, and more than one for the others. */
  private static int jpeg(int components) {
    return components == 0 ? 4 : Math.max(3, components);
  }

  /** The type that a reader decodes to unless it is told otherwise: 8 for 16-bit RGBA. */
  private static int pixel(SampleModel model) {
    int bits = model.getNumDataElements() * DataBuffer.getDataTypeSize(model.getTransferType());
    return (bits + 7) / 8;
  }

  /** Only a file that begins with the lossless bitstream is sure to hold no other. */
  private static int webp(byte[] encoded) {
    return encoded.length > FIRST_CHUNK + 3
            && encoded[FIRST_CHUNK] == 'V'
            && encoded[FIRST_CHUNK + 1] == 'P'
            && encoded[FIRST_CHUNK + 2] == '8'
            && encoded[FIRST_CHUNK + 3] == 'L'
        ? LOSSLESS_WEBP
        : LOSSY_WEBP;
  }
}
