package io.lgvq.training.head;

import java.util.SplittableRandom;

/**
 * Which samples a step reads: every sample once before any comes again, in another order each time.
 * A function of the step's number, so that a run can be resumed.
 *
 * <p>Threading: one thread; remembers the order of the current round.
 */
public final class Order {

  private final int samples;
  private final int batch;
  private final long seed;
  private final int[] shuffled;
  private long round = -1;

  /**
   * @param batch samples a step, at most {@code samples}
   */
  public Order(int samples, int batch, long seed) {
    if (samples < 1) {
      throw new IllegalArgumentException("there is nothing to learn from");
    }
    this.samples = samples;
    this.batch = Math.min(batch, samples);
    this.seed = seed;
    this.shuffled = new int[samples];
  }

  /** Indices of the samples of a step. */
  public int[] images(long step) {
    long stepsEach = samples / batch;
    shuffle(step / stepsEach);
    int[] images = new int[batch];
    System.arraycopy(shuffled, (int) (step % stepsEach) * batch, images, 0, batch);
    return images;
  }

  private void shuffle(long wanted) {
    if (wanted == round) {
      return;
    }
    round = wanted;
    SplittableRandom random = new SplittableRandom(seed * 0x9E3779B97F4A7C15L + wanted);
    for (int i = 0; i < samples; i++) {
      int j = random.nextInt(i + 1);
      shuffled[i] = shuffled[j];
      shuffled[j] = i;
    }
  }
}
