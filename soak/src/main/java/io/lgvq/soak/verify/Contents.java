package io.lgvq.soak.verify;

/** What the models make of the pictures: the standard that values of outputs are held against. */
public interface Contents {

  /** What the tokens of a picture say. */
  Said tokens(byte[] value, String imageId, int picture);

  /** What the caption of a picture says. */
  Said caption(byte[] value, String imageId, int picture);

  /** What the reconstruction of a picture says. */
  Said reconstruction(byte[] value, String imageId, int picture);

  /**
   * What an answer says.
   *
   * @param text index of the question's text in the course
   */
  Said answer(byte[] value, String questionId, String imageId, int picture, int text);

  /**
   * What an output says.
   *
   * @param codebook digest of the codebook of the tokens that it is, or was made of; empty for an
   *     answer that says that its image is unknown
   * @param wrong what is wrong with it; empty if nothing is
   */
  record Said(String codebook, String wrong) {

    boolean isAboutUnknownImage() {
      return codebook.isEmpty();
    }
  }
}
