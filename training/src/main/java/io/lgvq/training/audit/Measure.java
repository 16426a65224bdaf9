package io.lgvq.training.audit;

/**
 * What is measured of a bundle.
 *
 * @param kind answer, caption or reconstruction
 * @param name as reports say it
 */
record Measure(Kind kind, String name) implements Comparable<Measure> {

  /** Share of an image's objects that its caption names. */
  static final Measure NAMED = new Measure(Kind.CAPTION, "objects named in captions");

  /** Of the reconstruction, decibels. */
  static final Measure PSNR = new Measure(Kind.RECONSTRUCTION, "PSNR");

  /** Share of all questions that are answered rightly, of whatever kind. */
  static final Measure ANSWERS = new Measure(Kind.ALL_ANSWERS, "answers, all kinds");

  /** In the order of reports. */
  enum Kind {
    ALL_ANSWERS,
    ANSWER,
    CAPTION,
    RECONSTRUCTION
  }

  /** Share of the questions of a kind that are answered rightly. */
  static Measure answers(String kind) {
    return new Measure(Kind.ANSWER, "answers, " + kind);
  }

  /** Or else decibels. */
  boolean isShare() {
    return kind != Kind.RECONSTRUCTION;
  }

  /** Whether what is measured counts for a measure of this name. */
  boolean isPartOf(String other) {
    return name.equals(other) || kind == Kind.ANSWER && other.equals(ANSWERS.name);
  }

  @Override
  public int compareTo(Measure other) {
    int byKind = kind.compareTo(other.kind);
    return byKind != 0 ? byKind : name.compareTo(other.name);
  }
}
