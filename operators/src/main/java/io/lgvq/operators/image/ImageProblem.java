package io.lgvq.operators.image;

/**
 * Why an encoded image cannot become pixels. The code is part of the dead-letter contract: it never
 * changes.
 */
public enum ImageProblem {
  /** Zero bytes. */
  EMPTY("image-empty"),
  /** More bytes than {@link ImageLimits#maxBytes()}. */
  TOO_MANY_BYTES("image-too-many-bytes"),
  /** The magic bytes are of no allowed format. */
  UNSUPPORTED_FORMAT("image-unsupported-format"),
  /** The declared media type is an image type, and another one than the magic bytes say. */
  MISLABELLED("image-mislabelled"),
  /** The header declares more pixels, or a longer side, than the limits allow. */
  TOO_MANY_PIXELS("image-too-many-pixels"),
  /** Truncated or damaged: the decoder could not read it to the end. */
  CORRUPT("image-corrupt"),
  /** Decoding took longer than {@link ImageLimits#timeout()}. */
  TIMEOUT("image-decode-timeout");

  private final String code;

  ImageProblem(String code) {
    this.code = code;
  }

  /** The reason as it stands in dead letters, for instance {@code image-corrupt}. */
  public String code() {
    return code;
  }
}
