package io.lgvq.training.loop;

import java.util.SplittableRandom;

/**
 * In which order samples are learnt from: an endless split as it comes, a finite one epoch by
 * epoch, each sample once an epoch and each epoch in another order. A pure function.
 *
 * @param size samples of the split, {@link Long#MAX_VALUE} if endless
 * @param seed of the orders
 */
public record SampleOrder(long size, long seed) {

  /** The sample at a position, both from 0. */
  public long at(long position) {
    if (size > Integer.MAX_VALUE) {
      return position % size;
    }
    SplittableRandom epoch = new SplittableRandom(seed * 31 + position / size);
    long factor;
    do {
      factor = 1 + epoch.nextLong(size);
    } while (greatestCommonDivisor(factor, size) != 1);
    return (factor * (position % size) + epoch.nextLong(size)) % size;
  }

  private static long greatestCommonDivisor(long a, long b) {
    return b == 0 ? a : greatestCommonDivisor(b, a % b);
  }
}
