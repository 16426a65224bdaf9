package io.lgvq.training;

import java.util.ArrayList;
import java.util.List;

/** The command that makes a bundle or a page again, as its card or first line names it. */
final class CommandAgain {

  private static final String FOLDER = "--folder";
  private static final String REPORT_ONLY = "--report-only";

  private CommandAgain() {}

  /**
   * What was called, without where it worked, which is nobody else's matter, and without that it
   * only wrote the page of what was finished.
   */
  static String of(List<String> arguments) {
    List<String> words = new ArrayList<>(List.of("./lgvq"));
    boolean place = false;
    for (String argument : arguments) {
      if (!place && !argument.startsWith(FOLDER) && !argument.equals(REPORT_ONLY)) {
        words.add(argument);
      }
      place = argument.equals(FOLDER);
    }
    return String.join(" ", words);
  }
}
