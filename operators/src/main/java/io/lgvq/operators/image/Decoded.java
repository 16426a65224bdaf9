package io.lgvq.operators.image;

/** What became of an encoded image: a picture, or a reason why not. */
public sealed interface Decoded {

  /**
   * The image could be read.
   *
   * @param pixels at the size that the bundle asks for
   * @param width of the image itself, upright, in pixels
   * @param height of the image itself, upright, in pixels
   */
  record Picture(Pixels pixels, int width, int height) implements Decoded {

    /** A picture that had the right size from the start. */
    public Picture(Pixels pixels) {
      this(pixels, pixels.width(), pixels.height());
    }
  }

  /**
   * The image could not be read.
   *
   * @param reason one of the documented reasons
   * @param detail a sentence for people, without any of the image's content
   */
  record Rejected(ImageProblem reason, String detail) implements Decoded {}
}
