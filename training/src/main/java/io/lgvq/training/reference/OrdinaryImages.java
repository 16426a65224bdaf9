package io.lgvq.training.reference;

import io.lgvq.operators.drift.ReferenceMeasure;
import io.lgvq.operators.image.Pixels;
import io.lgvq.operators.tokenize.Tokenized;
import io.lgvq.operators.tokenize.Tokenizer;
import io.lgvq.training.corpus.Corpus;
import java.util.List;
import java.util.function.IntConsumer;
import java.util.function.UnaryOperator;
import java.util.stream.LongStream;

/**
 * What a tokenizer makes of a split of a corpus.
 *
 * <p>Threading: one thread. Borrows the tokenizer.
 *
 * @param split for instance {@link #SPLIT}
 * @param limit most images
 */
public record OrdinaryImages(Corpus corpus, String split, int limit) {

  /** The split that ordinary images are taken from: of the training's kind, and not learnt from. */
  public static final String SPLIT = "validation";

  private static final int BATCH = 32;

  /** How many images there are. */
  public int count() {
    return (int) Math.min(limit, corpus.size(split));
  }

  /** Whether they are enough for a reference. */
  public boolean enough() {
    return count() >= ReferenceMeasure.LEAST_IMAGES;
  }

  /** In words, for instance {@code 4000 images of split validation of composed scenes, seed 1}. */
  public String described() {
    return "%d images of split %s of %s".formatted(count(), split, corpus.name());
  }

  /**
   * Tokenizes them.
   *
   * @param change what is done to each picture first
   * @param progress hears how many images were done since it last heard
   */
  public ReferenceMeasure measured(
      Tokenizer tokenizer, UnaryOperator<Pixels> change, IntConsumer progress) {
    ReferenceMeasure measure = new ReferenceMeasure(tokenizer.codebook().size());
    for (int from = 0; from < count(); from += BATCH) {
      int to = Math.min(count(), from + BATCH);
      List<Pixels> pictures =
          LongStream.range(from, to)
              .mapToObj(index -> change.apply(corpus.sample(split, index).pixels()))
              .toList();
      for (Tokenized image : tokenizer.apply(pictures)) {
        measure.add(image.grid().codes(), image.quantizationError());
      }
      progress.accept(to - from);
    }
    return measure;
  }
}
