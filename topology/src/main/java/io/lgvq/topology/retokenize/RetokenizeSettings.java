package io.lgvq.topology.retokenize;

import io.lgvq.topology.config.DeadLetterSettings;
import io.lgvq.topology.config.RetrySettings;
import io.lgvq.topology.config.StageSettings;

/**
 * What a re-tokenize job reads and writes.
 *
 * @param images topic that it reads
 * @param tokens topic that it writes
 * @param deadLetters topic for images that cannot be read
 * @param maxBatch most images a call of the engine, 1 or more
 * @param retry what it does when its engine or the registry fails
 * @param letters what dead letters hold
 * @param mostDeadLetterBytes that the topic of dead letters and the producer take
 */
public record RetokenizeSettings(
    String images,
    String tokens,
    String deadLetters,
    int maxBatch,
    RetrySettings retry,
    DeadLetterSettings letters,
    long mostDeadLetterBytes) {

  /** Checks the range. */
  public RetokenizeSettings {
    if (maxBatch < 1) {
      throw new IllegalArgumentException("max-batch must be 1 or more but is " + maxBatch);
    }
  }

  /**
   * The job does what a tokenize stage of these settings would.
   *
   * @param stage whose topic of tokens is the new one
   * @param mostDeadLetterBytes that the topic of dead letters and the producer take
   */
  public RetokenizeSettings(StageSettings stage, long mostDeadLetterBytes) {
    this(
        stage.topics().images(),
        stage.topics().tokens(),
        stage.topics().deadLetters(),
        stage.batch().maxBatch(),
        stage.retry(),
        stage.deadLetters(),
        mostDeadLetterBytes);
  }

  /**
   * The consumer group, and the transactional id, of the job that fills a topic with the tokens of
   * a codebook: the same whenever it is started, so that it goes on where it stopped, and a second
   * one takes over from the first instead of doubling it.
   *
   * @param tokens topic that is written
   * @param digest of the codebook
   */
  public static String group(String tokens, String digest) {
    return "lgvq-retokenize-%s-%s".formatted(tokens, digest.substring(0, 12));
  }
}
