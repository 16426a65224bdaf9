package io.lgvq.soak.instance;

/**
 * What an instance says on its standard output, a line each: a word, and what it is about.
 *
 * <p>Threading: safe for use by several threads.
 */
public final class News {

  /** All stages run, for the first time. */
  public static final String RUNNING = "running";

  /** It has come to the moment of a trap, and waits there. */
  public static final String TRAPPED = "trapped";

  /** An engine was made to fail, or to be slow, just now. */
  public static final String ENGINE = "engine";

  /** A change of bundle has begun: some keys have another codebook from now on. */
  public static final String SWAPPING = "swapping";

  /** A change of bundle has ended: all keys have the other codebook. */
  public static final String SWAPPED = "swapped";

  /** A stage stopped; the process ends. */
  public static final String FAILED = "failed";

  private News() {}

  static synchronized void say(String word, String about) {
    // A line of news is one line, whatever an exception says.
    System.out.println((word + " " + about.replace('\n', ' ').replace('\r', ' ')).strip());
  }
}
