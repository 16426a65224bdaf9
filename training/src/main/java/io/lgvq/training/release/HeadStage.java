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
import io.lgvq.training.probe.ProbeSettings;
import io.lgvq.training.probe.ProbeTraining;
import io.lgvq.training.text.TextEncoder;
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
   * @param probe language graphs
   */
  record Outcome(
      Optional<HeadTraining.Outcome> text,
      Optional<TrainedPainter> painter,
      Optional<TrainedCompleter> completer,
      Optional<ProbeTraining.Outcome> probe) {

    /** Of a plan without heads. */
    static Outcome none() {
      return new Outcome(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** Whether there is a baseline without sight. */
    boolean compared() {
      return text.flatMap(HeadTraining.Outcome::questionOnly).isPresent() || probe.isPresent();
    }

    /** What paint and complete head reached on held-out images. */
    Map<String, Object> measures() {
      Map<String, Object> measures = new LinkedHashMap<>();
      painter.ifPresent(trained -> measures.put("paint", trained.measures()));
      completer.ifPresent(trained -> measures.put("complete", trained.measures()));
      return measures;
    }
  }

  /**
   * Trains, or goes on where the loop's folder has checkpoints.
   *
   * @param reader of captions; must be there if the plan has language graphs
   */
  Outcome run(Corpus corpus, Optional<TextEncoder> reader, TrainingLoop loop) throws IOException {
    TokenizedSplits tokens =
        new TokenizedSplits(corpus, tokenizer.files(), tokenizer.codes(), loop.folder());
    Optional<HeadTraining.Outcome> text = Optional.empty();
    if (plan.text()) {
      text =
          Optional.of(new HeadTraining(tokenizer.files(), plan.settings(), seed).run(tokens, loop));
    }
    return new Outcome(
        text, painter(tokens, loop), completer(tokens, loop), probe(tokens, reader, loop));
  }

  private Optional<TrainedPainter> painter(TokenizedSplits tokens, TrainingLoop loop)
      throws IOException {
    if (plan.paint().isEmpty()) {
      return Optional.empty();
    }
    List<TokenizedSample> training = training(tokens);
    Vocabulary words =
        tokenizer
            .kept()
            .flatMap(KeptHeads::vocabulary)
            .orElseGet(() -> Wordlist.words(training, plan.settings().wordAtLeast()));
    return Optional.of(
        new PaintTraining(
                flat(), plan.paint().get(), plan.settings().captionLength(), tokens.origin(), seed)
            .run(words, training, held(tokens), loop));
  }

  private Optional<TrainedCompleter> completer(TokenizedSplits tokens, TrainingLoop loop)
      throws IOException {
    if (plan.complete().isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new CompleteTraining(flat(), plan.complete().get(), tokens.origin(), seed)
            .run(training(tokens), held(tokens), loop));
  }

  private Optional<ProbeTraining.Outcome> probe(
      TokenizedSplits tokens, Optional<TextEncoder> reader, TrainingLoop loop) throws IOException {
    if (plan.probe().isEmpty()) {
      return Optional.empty();
    }
    ProbeSettings settings = plan.probe().get();
    return Optional.of(
        new ProbeTraining(tokenizer.files(), settings, tokens.origin(), seed)
            .run(
                tokens.samples(TokenizedSplits.TRAIN, settings.images()),
                reader.orElseThrow(),
                loop));
  }

  /** The tokenizer, if it gives one code a place. */
  private TokenizerFiles flat() {
    int depth = tokenizer.files().grid().depth();
    if (depth != 1) {
      throw new IllegalArgumentException(
          "paint and complete head take one code a place, and this tokenizer has " + depth);
    }
    return tokenizer.files();
  }

  private List<TokenizedSample> training(TokenizedSplits tokens) throws IOException {
    return tokens.samples(TokenizedSplits.TRAIN, plan.settings().images());
  }

  private List<TokenizedSample> held(TokenizedSplits tokens) throws IOException {
    return tokens.samples(TokenizedSplits.VALIDATION, plan.settings().validationImages());
  }
}
