package io.lgvq.operators.image;

/** What is wrong with an image's file; the message is for people, without any of its content. */
final class BrokenImage extends Exception {

  private static final long serialVersionUID = 1L;

  BrokenImage(String message) {
    super(message);
  }

  static void unless(boolean condition, String problem) throws BrokenImage {
    if (!condition) {
      throw new BrokenImage(problem);
    }
  }
}
