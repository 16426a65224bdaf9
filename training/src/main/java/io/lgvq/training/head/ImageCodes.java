package io.lgvq.training.head;

import io.lgvq.operators.image.Pixels;
import io.lgvq.training.corpus.Corpus;
import io.lgvq.training.corpus.Sample;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;

/** A frozen tokenizer, as the heads' training needs it. */
@FunctionalInterface
public interface ImageCodes {

  /** Samples that are tokenized at once. */
  int BATCH = 64;

  /** The codes of each picture, row-major, in the order of the pictures. */
  List<int[]> of(List<Pixels> pictures);

  /**
   * Tokenizes the first samples of a split.
   *
   * @param progress hears how many samples were done since it last heard
   */
  default List<TokenizedSample> tokenize(
      Corpus corpus, String split, int count, IntConsumer progress) {
    List<TokenizedSample> tokenized = new ArrayList<>(count);
    List<Sample> waiting = new ArrayList<>(BATCH);
    for (int index = 0; index < count; index++) {
      waiting.add(corpus.sample(split, index));
      if (waiting.size() == BATCH || index == count - 1) {
        List<int[]> codes = of(waiting.stream().map(Sample::pixels).toList());
        for (int i = 0; i < waiting.size(); i++) {
          Sample sample = waiting.get(i);
          tokenized.add(
              new TokenizedSample(
                  codes.get(i), sample.captions(), sample.questions(), sample.objects()));
        }
        progress.accept(waiting.size());
        waiting.clear();
      }
    }
    return tokenized;
  }
}
