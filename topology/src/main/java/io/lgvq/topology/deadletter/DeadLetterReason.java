package io.lgvq.topology.deadletter;

import io.lgvq.operators.image.ImageProblem;

/**
 * Why a record became a dead letter. The {@link #code()} stands in the header {@code
 * lgvq.error.reason}; it is a contract and never changes. {@code docs/dead-letters.md} has a line
 * for each on what to do.
 */
public enum DeadLetterReason {
  /** The record has no key, so nobody knows which image it concerns. */
  NULL_KEY("null-key"),
  /** The record has no value. */
  NULL_VALUE("null-value"),
  /** The record's key is not the image id that its value carries. */
  KEY_MISMATCH("key-mismatch"),
  /** The value does not begin with the registry's magic byte and a schema id. */
  VALUE_FOREIGN_FORMAT("value-foreign-format"),
  /** The registry knows no schema of the id in the value. */
  VALUE_UNKNOWN_SCHEMA("value-unknown-schema"),
  /** The value is of another record, or of a schema that cannot be read as ours. */
  VALUE_FOREIGN_SCHEMA("value-foreign-schema"),
  /** The value's schema is known, and its bytes are no record of it. */
  VALUE_UNREADABLE("value-unreadable"),

  /** Zero bytes. */
  IMAGE_EMPTY("image-empty"),
  /** More bytes than the limits allow. */
  IMAGE_TOO_MANY_BYTES("image-too-many-bytes"),
  /** The magic bytes are of no allowed format. */
  IMAGE_UNSUPPORTED_FORMAT("image-unsupported-format"),
  /** The declared media type is not what the magic bytes say. */
  IMAGE_MISLABELLED("image-mislabelled"),
  /** The header declares more pixels, or a longer side, than the limits allow. */
  IMAGE_TOO_MANY_PIXELS("image-too-many-pixels"),
  /** Truncated or damaged. */
  IMAGE_CORRUPT("image-corrupt"),
  /** Decoding took too long. */
  IMAGE_DECODE_TIMEOUT("image-decode-timeout"),
  /** The picture could be decoded, and the tokenizer does not accept it. */
  IMAGE_REFUSED("image-refused"),

  /** References are off, or the URI's scheme or host is not allow-listed. */
  REFERENCE_NOT_ALLOWED("reference-not-allowed"),
  /** The host answered that there is no such content, or not for us. */
  REFERENCE_MISSING("reference-missing"),
  /** The host did not answer, or only with errors of its own, after all retries. */
  REFERENCE_UNREACHABLE("reference-unreachable"),
  /** The content is longer than the limits allow, or its length is not the one declared. */
  REFERENCE_SIZE_MISMATCH("reference-size-mismatch"),
  /** The content's SHA-256 is not the one declared. */
  REFERENCE_DIGEST_MISMATCH("reference-digest-mismatch"),

  /** The tokens index another codebook than the stage's model was trained on. */
  TOKENS_FOREIGN_CODEBOOK("tokens-foreign-codebook"),
  /** Codes out of range, or their number does not fit the grid, or the grid does not fit. */
  TOKENS_INVALID("tokens-invalid"),

  /** The question holds no character but white space. */
  QUESTION_EMPTY("question-empty"),
  /** The question is longer than the configured limit. */
  QUESTION_TOO_LONG("question-too-long");

  private final String code;

  DeadLetterReason(String code) {
    this.code = code;
  }

  /** The reason as it stands in the header, for instance {@code image-corrupt}. */
  public String code() {
    return code;
  }

  /** The reason that an image problem becomes. */
  public static DeadLetterReason of(ImageProblem problem) {
    return switch (problem) {
      case EMPTY -> IMAGE_EMPTY;
      case TOO_MANY_BYTES -> IMAGE_TOO_MANY_BYTES;
      case UNSUPPORTED_FORMAT -> IMAGE_UNSUPPORTED_FORMAT;
      case MISLABELLED -> IMAGE_MISLABELLED;
      case TOO_MANY_PIXELS -> IMAGE_TOO_MANY_PIXELS;
      case CORRUPT -> IMAGE_CORRUPT;
      case TIMEOUT -> IMAGE_DECODE_TIMEOUT;
    };
  }
}
