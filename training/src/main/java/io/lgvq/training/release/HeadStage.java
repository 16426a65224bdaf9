package io.lgvq.training.release;

import io.lgvq.operators.text.Vocabulary;
import io.lgvq.training.complete.CompleteTraining;
import io.lgvq.training.complete.TrainedCompleter;
import io.lgvq.training.corpus.Corpus;
import io.lgvq.training.export.TokenizerFiles;
import io.lgvq.training.head.HeadTraining;
import io.lgvq.training.head.TokenizedSample;
import io.lgvq.training.head.TokenizedSplits;
import io.lgvq.training.head.Wordlist;
import io.lgvq.training.loop.TrainingLoop;
import io.lgvq.training.paint.PaintTraining;
import io.lgvq.training.paint.TrainedPainter;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Trains the heads of a plan on one tokenizer, one after the other. All read the same tokens and
 * share their words, so that they fit into one bundle. Stateless; what a run keeps lies in the
 * folder of its {@link TrainingLoop}.
 */
final class HeadStage {

  private final HeadPlan plan;
  private final BundleStage.Finished tokenizer;
  private final long seed;

  HeadStage(HeadPlan plan, BundleStage.Finished tokenizer, long seed) {
    this.plan = plan;
    this.tokenizer = tokenizer;
    this.seed = seed;
  }

  /**
   * What was trained.
   *
   * @param text caption and answer head
   */
  record Outcome(
      Optional<HeadTraining.Outcome> text,
      Optional<TrainedPainter> painter,
      Optional<TrainedCompleter> completer) {

    /** Of a plan without heads. */
    static Outcome none() {
      return new Outcome(Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** What paint and complete head reached on held-out images. */
    Map<String, Object> measures() {
      Map<String, Object> measures = new LinkedHashMap<>();
      painter.ifPresent(trained -> measures.put("paint", trained.measures()));
      completer.ifPresent(trained -> measures.put("complete", trained.measures()));
      return measures;
    }
  }

  /** Trains, or goes on where the loop's folder has checkpoints. */
  Outcome run(Corpus corpus, TrainingLoop loop) throws IOException {
    Optional<HeadTraining.Outcome> text =
        plan.text()
            ? Optional.of(
                new HeadTraining(tokenizer.files(), tokenizer.codes(), plan.settings(), seed)
                    .run(corpus, loop))
            : Optional.empty();
    if (plan.paint().isEmpty() && plan.complete().isEmpty()) {
      return new Outcome(text, Optional.empty(), Optional.empty());
    }
    TokenizerFiles files = tokenizer.files();
    if (files.grid().depth() != 1) {
      throw new IllegalArgumentException(
          "paint and complete head take one code a place, and this tokenizer has "
              + files.grid().depth());
    }
    TokenizedSplits tokens = new TokenizedSplits(corpus, tokenizer.codes(), files, loop.folder());
    List<TokenizedSample> training =
        tokens.samples(TokenizedSplits.TRAIN, plan.settings().images());
    List<TokenizedSample> held =
        tokens.samples(TokenizedSplits.VALIDATION, plan.settings().validationImages());
    Optional<TrainedPainter> painter = Optional.empty();
    if (plan.paint().isPresent()) {
      Vocabulary words = Wordlist.words(training, plan.settings().wordAtLeast());
      painter =
          Optional.of(
              new PaintTraining(files, plan.paint().get(), plan.settings().captionLength(), seed)
                  .run(words, training, held, loop));
    }
    Optional<TrainedCompleter> completer = Optional.empty();
    if (plan.complete().isPresent()) {
      completer =
          Optional.of(
              new CompleteTraining(files, plan.complete().get(), seed).run(training, held, loop));
    }
    return new Outcome(text, painter, completer);
  }
}
