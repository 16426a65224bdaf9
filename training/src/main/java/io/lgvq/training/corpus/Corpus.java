package io.lgvq.training.corpus;

import java.util.List;

/**
 * Images with captions and, where there are any, questions. All that training and evaluation know
 * of their data.
 *
 * <p>A pure function of its source and seed: the same split and index give the same sample, for
 * ever and in any order. Threading: safe for several threads.
 */
public interface Corpus {

  /** Name for cards and reports. */
  String name();

  /**
   * Licences and authors of everything that a model trained on this corpus has seen, for the model
   * card (Markdown).
   */
  String attribution();

  /** Side lengths in pixels of the samples' pictures. */
  int width();

  /** See {@link #width()}. */
  int height();

  /** The splits: {@code train}, {@code validation} and one or more that begin with {@code test}. */
  List<String> splits();

  /** The splits that are measured: those for testing, unless others were chosen. */
  default List<String> measured() {
    return splits().stream().filter(split -> split.startsWith("test")).toList();
  }

  /** Number of samples of a split; an endless one has {@link Long#MAX_VALUE}. */
  long size(String split);

  /**
   * One sample.
   *
   * @throws IllegalArgumentException if there is no such split or index
   */
  Sample sample(String split, long index);
}
