package io.lgvq.soak.verify;

/**
 * Something that is not as promised.
 *
 * @param what in a few words, for instance {@code lost} or {@code doubled}
 * @param record which record of the feed, for instance {@code image-12}
 * @param place where it was seen, as topic-partition@offset, or the topic where it was not
 * @param detail what was there and what should have been; empty if nothing is to be added
 */
public record Finding(String what, String record, String place, String detail) {

  @Override
  public String toString() {
    return "%s: %s at %s%s".formatted(what, record, place, detail.isEmpty() ? "" : ", " + detail);
  }
}
