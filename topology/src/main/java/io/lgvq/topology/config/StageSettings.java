package io.lgvq.topology.config;

/**
 * What every stage is told.
 *
 * @param topics where it reads and writes
 * @param batch how it gathers work for its engine
 * @param retry what it does when its engine or the registry fails
 * @param deadLetters what its dead letters hold
 */
public record StageSettings(
    TopicNames topics, BatchSettings batch, RetrySettings retry, DeadLetterSettings deadLetters) {

  /** Settings whose dead letters are whole. */
  public StageSettings(TopicNames topics, BatchSettings batch, RetrySettings retry) {
    this(topics, batch, retry, DeadLetterSettings.whole());
  }

  /** Standard topics, batches and retries. */
  public static StageSettings standard() {
    return new StageSettings(
        TopicNames.standard(), BatchSettings.standard(), RetrySettings.standard());
  }
}
