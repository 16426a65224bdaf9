package io.lgvq.app.rest;

import java.util.UUID;
import java.util.regex.Pattern;

/** Ids of images and questions as the REST interface takes and makes them. */
final class Ids {
  /** What a given id must look like: it becomes a record's key and a part of addresses. */
  static final String PATTERN = "[A-Za-z0-9][A-Za-z0-9._:-]{0,127}";

  private static final Pattern VALID = Pattern.compile(PATTERN);

  private Ids() {}

  static String fresh() {
    return UUID.randomUUID().toString();
  }

  /**
   * The id, if it may be one.
   *
   * @throws ProblemException with status 400 if not
   */
  static String checked(String id) {
    if (!VALID.matcher(id).matches()) {
      throw new ProblemException(
          Problem.Kind.INVALID_ID,
          "An id has 1 to 128 letters, digits and . _ : - and begins with a letter or digit.");
    }
    return id;
  }
}
