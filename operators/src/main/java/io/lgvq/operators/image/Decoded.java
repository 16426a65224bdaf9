package io.lgvq.operators.image;

/** What became of an encoded image: a picture, or a reason why not. */
public sealed interface Decoded {

  /**
   * The image could be read.
   *
   * @param pixels at the size that the bundle asks for
   */
  record Picture(Pixels pixels) implements Decoded {}

  /**
   * The image could not be read.
   *
   * @param reason one of the documented reasons
   * @param detail a sentence for people, without any of the image's content
   */
  record Rejected(ImageProblem reason, String detail) implements Decoded {}
}
