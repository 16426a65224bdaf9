package io.lgvq.soak.verify;

/** What the model makes of the pictures: the standard that values of outputs are held against. */
public interface Contents {

  /** What is wrong with the tokens of a picture; empty if nothing is. */
  String tokens(byte[] value, String imageId, int picture);

  /** What is wrong with the caption of a picture; empty if nothing is. */
  String caption(byte[] value, String imageId, int picture);

  /** What is wrong with the reconstruction of a picture; empty if nothing is. */
  String reconstruction(byte[] value, String imageId, int picture);

  /**
   * What an answer says.
   *
   * @param text index of the question's text in the course
   */
  Said answer(byte[] value, String questionId, String imageId, int picture, int text);

  /**
   * What an answer says.
   *
   * @param imageUnknown whether it says that its image is unknown
   * @param wrong what is wrong with it; empty if nothing is
   */
  record Said(boolean imageUnknown, String wrong) {}
}
