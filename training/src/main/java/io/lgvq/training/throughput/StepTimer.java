package io.lgvq.training.throughput;

import java.io.IOException;

/** A trainer whose steps can be timed. Threading: one thread; closing it frees what it holds. */
interface StepTimer extends AutoCloseable {

  /** Trained values in all, the codebook's included. */
  long parameters();

  /** Version of PyTorch beneath. */
  String version();

  /** Goes on for so many steps, and gives the seconds that they took together. */
  double seconds(int steps) throws IOException;

  @Override
  void close() throws IOException;
}
