package io.lgvq.training.evaluate.wording;

import io.lgvq.training.estimate.Estimate;
import java.util.ArrayList;
import java.util.List;

/**
 * Compares captions with all captions that the corpus has of their images: BLEU-4, ROUGE-L,
 * CIDEr-D.
 *
 * <p>Words are told apart by lower case without punctuation, not by the tokenizer of the Penn
 * Treebank that the COCO caption evaluation runs first. METEOR is not measured: its tables of
 * paraphrases are to be had from nowhere that packages come from, and without them it is another
 * measure.
 *
 * <p>Threading: one thread. Holds the words of all images; the n-grams live as long as {@link
 * #result} runs.
 */
public final class WordingMeasure {

  private final List<Worded> images = new ArrayList<>();

  /**
   * Counts the next image.
   *
   * @param references one or more
   */
  public void add(String caption, List<String> references) {
    images.add(Worded.of(caption, references));
  }

  /** Of all images so far. */
  public WordingResult result() {
    return new WordingResult(
        Bleu.of(images),
        Estimate.mean(images.stream().mapToDouble(RougeL::of).toArray()),
        Estimate.mean(CiderD.of(images)));
  }
}
