package io.lgvq.soak.course;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which record of the feed.
 *
 * @param isImage an image, or else a question
 * @param number 0 or more
 */
public record RecordId(boolean isImage, int number) {

  private static final Pattern FORM = Pattern.compile("(image|question)-(\\d{1,9})");

  /** The n-th image. */
  public static RecordId image(int number) {
    return new RecordId(true, number);
  }

  /** The n-th question. */
  public static RecordId question(int number) {
    return new RecordId(false, number);
  }

  /** What {@link #toString()} says, read back; empty if it is anything else. */
  public static Optional<RecordId> of(String text) {
    Matcher matcher = FORM.matcher(text);
    return matcher.matches()
        ? Optional.of(
            new RecordId(matcher.group(1).equals("image"), Integer.parseInt(matcher.group(2))))
        : Optional.empty();
  }

  @Override
  public String toString() {
    return (isImage ? "image-" : "question-") + number;
  }
}
