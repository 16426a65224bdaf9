package io.lgvq.training.evaluate;

import io.lgvq.operators.codebook.Codebook;
import io.lgvq.training.corpus.Corpus;
import io.lgvq.training.evaluate.wordnet.WuPalmer;
import io.lgvq.training.perception.MobileNet;
import io.lgvq.training.text.TextEncoder;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntConsumer;

/**
 * Measures a bundle, as it is served, on every test split of a corpus.
 *
 * <p>Threading: one thread. Owns nothing.
 */
public final class Evaluation {

  /** Images a split that are painted and completed unless told otherwise: painting takes long. */
  public static final int MADE = 200;

  private static final int TRAINING_IMAGES = 2000;

  private final Corpus corpus;
  private final Served served;
  private final Optional<Served> blind;
  private final Optional<TextEncoder> text;
  private final Optional<MobileNet> eye;
  private final int limit;
  private final int made;
  private final Outcomes outcomes;
  private final TrainingSample training;
  private final WuPalmer words = new WuPalmer();
  private final long[] codes;

  /**
   * @param blind heads that were trained without images, for comparison
   * @param text the text encoder of the bundle's language graphs; without it they are not measured
   * @param eye looks at images and reconstructions, and is closed by its owner; without it there is
   *     no Frechet distance
   * @param limit most images a split
   * @param made most of them that are painted and completed
   */
  public Evaluation(
      Corpus corpus,
      Served served,
      Optional<Served> blind,
      Optional<TextEncoder> text,
      Optional<MobileNet> eye,
      int limit,
      int made) {
    this.corpus = corpus;
    this.served = served;
    this.blind = blind;
    this.text = text;
    this.eye = eye;
    this.limit = limit;
    this.made = made;
    this.outcomes = new Outcomes(corpus, served, limit);
    this.codes = new long[served.tokenizer().codebook().size()];
    this.training = new TrainingSample(corpus, TRAINING_IMAGES);
  }

  /**
   * Runs.
   *
   * @param progress hears how many images were done since it last heard
   */
  public Report run(IntConsumer progress) {
    Map<String, Report.Slice> slices = new LinkedHashMap<>();
    for (String split : outcomes.splits()) {
      SliceMeasure measure = new SliceMeasure(served, blind, text, eye, training, words, made);
      outcomes.read(split, sample -> true, measure::add, progress);
      measure.addCodes(codes);
      slices.put(split, measure.result());
    }
    Codebook codebook = served.tokenizer().codebook();
    return new Report(codebook.name() + " " + codebook.version(), corpus.name(), limit, slices);
  }

  /** How often each code occurred in all images that {@link #run} went through. */
  public long[] codes() {
    return codes.clone();
  }

  /** Images that {@link #run} will go through. */
  public int images() {
    return outcomes.images();
  }
}
