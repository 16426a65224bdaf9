package io.lgvq.training.audit;

/**
 * The section of a model card that an audit writes, between two comments by which the next audit
 * finds it. Stateless.
 */
public final class CardSection {

  private static final String BEGIN = "<!-- audit: written by lgvq audit -->";
  private static final String END = "<!-- /audit -->";
  private static final String HEADING = "## Bias";

  /** The section stands before this one, where a card has it, or else at the end. */
  private static final String FOLLOWING = "## Meant for";

  private CardSection() {}

  /** The section with its comments. */
  public static String of(String text) {
    return "%s\n%s\n\n%s\n%s\n".formatted(BEGIN, HEADING, text.strip(), END);
  }

  /**
   * A card with this section, put in or in the place of the one that it had.
   *
   * @param section as {@link #of} makes it
   * @throws IllegalArgumentException if the card has the first comment without the second
   */
  public static String in(String card, String section) {
    int begin = card.indexOf(BEGIN);
    if (begin >= 0) {
      int end = card.indexOf(END, begin);
      if (end < 0) {
        throw new IllegalArgumentException(
            "the model card has '%s' without '%s' behind it".formatted(BEGIN, END));
      }
      String rest = card.substring(end + END.length());
      return card.substring(0, begin)
          + section
          + (rest.startsWith("\n") ? rest.substring(1) : rest);
    }
    int following = card.indexOf("\n" + FOLLOWING);
    return following < 0
        ? card.stripTrailing() + "\n\n" + section
        : card.substring(0, following + 1) + section + card.substring(following);
  }
}
