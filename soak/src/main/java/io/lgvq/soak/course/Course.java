package io.lgvq.soak.course;

import java.util.List;

/**
 * What is fed, worked out from numbers alone: the n-th image and the m-th question of a seed are
 * always the same, so that whoever reads an output can tell what it must look like without having
 * kept the input.
 *
 * <p>Images come in blocks of {@value #KEYS} keys, each key three times; all records of a key show
 * the same picture. There is a question to every two images: about images that came a while ago,
 * about those of the same block and of the next, which come later, and about images that never
 * come. Immutable.
 *
 * @param seed names the ids
 */
public record Course(long seed) {

  /** The header that says which record of the feed this is, for instance {@code image-12}. */
  public static final String RECORD = "soak-record";

  /** A header of a sender's own, that must travel along. */
  public static final String TRACE = "traceparent";

  /** How many pictures there are. */
  public static final int PICTURES = 12;

  /** Images to one question. */
  public static final int IMAGES_A_QUESTION = 2;

  /** Images to a block. */
  public static final int BLOCK = 24;

  private static final int KEYS = 8;
  private static final long FIRST_TIME = 1_750_000_000_000L;

  private static final List<String> TEXTS =
      List.of(
          "what is in the picture",
          "what color is it",
          "what is on the left",
          "how many things are there");

  /** All questions' texts, but for the empty one. */
  public static List<String> texts() {
    return TEXTS;
  }

  /** The key of an image record, which is also the image's id. */
  public String imageKey(int image) {
    return key(image / BLOCK, image % BLOCK % KEYS);
  }

  /** Whether an image record holds a torn file. */
  public boolean isBroken(int image) {
    return image % 20 == 13;
  }

  /** Which picture an image record shows, 0 .. {@link #PICTURES} - 1. */
  public int picture(int image) {
    return picture(image / BLOCK, image % BLOCK % KEYS);
  }

  /** The timestamp of an image record, in milliseconds. */
  public long imageTime(int image) {
    return FIRST_TIME + 7L * image;
  }

  /** The key of a question, which is the id of the image that it is about. */
  public String questionKey(int question) {
    return isAboutNothing(question)
        ? "soak-%d-nothing-%d".formatted(seed, question)
        : key(blockOf(question), question % KEYS);
  }

  /** The question's own id. */
  public String questionId(int question) {
    return "soak-%d-question-%d".formatted(seed, question);
  }

  /** Which picture a question is about, if it is about one. */
  public int pictureOf(int question) {
    return picture(blockOf(question), question % KEYS);
  }

  /** Whether a question is about an image that never comes. */
  public boolean isAboutNothing(int question) {
    return question % 10 == 8;
  }

  /** Whether a question has no text, and is to become a dead letter. */
  public boolean isEmpty(int question) {
    return question % 25 == 24;
  }

  /** What is asked. */
  public String text(int question) {
    return isEmpty(question) ? "" : TEXTS.get(textOf(question));
  }

  /** Which of {@link #texts()} is asked. */
  public int textOf(int question) {
    return question / 3 % TEXTS.size();
  }

  /** The timestamp of a question, in milliseconds. */
  public long questionTime(int question) {
    return FIRST_TIME + 13L * question + 5;
  }

  /** What the header {@link #TRACE} of a record holds. */
  public String trace(String record) {
    return "00-" + seed + "-" + record;
  }

  private String key(int block, int place) {
    return "soak-%d-image-%d-%d".formatted(seed, block, place);
  }

  private static int picture(int block, int place) {
    return (block * 5 + place) % PICTURES;
  }

  private static int blockOf(int question) {
    int now = question * IMAGES_A_QUESTION / BLOCK;
    return switch (question % 10) {
      case 6, 7 -> now + 1;
      case 9 -> now;
      default -> Math.max(0, now - 2);
    };
  }
}
