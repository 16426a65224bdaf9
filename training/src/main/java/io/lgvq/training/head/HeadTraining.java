package io.lgvq.training.head;

import io.lgvq.operators.text.Vocabulary;
import io.lgvq.training.export.TokenizerFiles;
import io.lgvq.training.loop.TrainingLoop;
import io.lgvq.training.network.Parameter;
import io.lgvq.training.tokenizer.CodebookParameter;
import io.lgvq.training.weights.Tensor;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * From a frozen tokenizer and a corpus to heads that are ready to be released. Words, answers and
 * all else that concerns the data come from the training split.
 *
 * <p>Stateless; what a run keeps lies in the folder of its {@link TrainingLoop}.
 */
public final class HeadTraining {

  private final TokenizerFiles tokenizer;
  private final HeadSettings settings;
  private final long seed;

  /**
   * @param tokenizer whose codes are read
   */
  public HeadTraining(TokenizerFiles tokenizer, HeadSettings settings, long seed) {
    this.tokenizer = tokenizer;
    this.settings = settings;
    this.seed = seed;
  }

  /**
   * What training brings.
   *
   * @param heads to be released
   * @param questionOnly the same without sight, for comparison; absent where nothing is asked
   */
  public record Outcome(TrainedHeads heads, Optional<TrainedHeads> questionOnly) {}

  /** Trains, or goes on where the loop's folder has checkpoints. */
  public Outcome run(TokenizedSplits tokens, TrainingLoop loop) throws IOException {
    List<TokenizedSample> training = tokens.samples(TokenizedSplits.TRAIN, settings.images());
    Vocabulary vocabulary = Wordlist.words(training, settings.wordAtLeast());
    List<String> answers = Wordlist.answers(training, settings.answerAtLeast());
    HeadSize size = size(vocabulary.size(), answers.size());
    Parameter vectors = CodebookParameter.of(tokenizer.codes(), tokenizer.dimension());
    Map<Parameter, Tensor> codebook = Map.of(vectors, tokenizer.vectors());
    HeadNetworks networks = HeadNetworks.of(size, vectors, tokenizer.unitScale());
    HeadData data = data(training, vocabulary, answers);

    TrainedHeads heads;
    try (HeadLearner learner =
        new HeadLearner(data, settings, size, networks, codebook, tokens.origin(), seed)) {
      loop.run(learner, settings.steps());
      HeadData held =
          data(
              tokens.samples(TokenizedSplits.VALIDATION, settings.validationImages()),
              vocabulary,
              answers);
      Calibration calibration = Calibration.on(learner.scores(held));
      heads =
          new TrainedHeads(
              HeadGraphs.of(size, networks, learner.parameters()),
              data.mostCaptions() > 0,
              vocabulary,
              answers,
              calibration);
    }
    return new Outcome(
        heads,
        answers.isEmpty()
            ? Optional.empty()
            : Optional.of(
                questionOnly(heads, data, size, networks, codebook, tokens.origin(), loop)));
  }

  private TrainedHeads questionOnly(
      TrainedHeads heads,
      HeadData data,
      HeadSize size,
      HeadNetworks networks,
      Map<Parameter, Tensor> codebook,
      String origin,
      TrainingLoop loop)
      throws IOException {
    try (QuestionOnlyLearner learner =
        new QuestionOnlyLearner(data, settings, size, networks, codebook, origin, seed)) {
      loop.run(learner, settings.baselineSteps());
      HeadGraphs blind = HeadGraphs.of(size, networks, learner.parameters());
      return new TrainedHeads(
          blind, false, heads.vocabulary(), heads.answers(), new Calibration(1, 0));
    }
  }

  private HeadData data(
      List<TokenizedSample> samples, Vocabulary vocabulary, List<String> answers) {
    return new HeadData(
        samples, vocabulary, answers, settings.captionLength(), settings.questionLength());
  }

  private HeadSize size(int words, int answers) {
    return new HeadSize(
        tokenizer.grid().height(),
        tokenizer.grid().width(),
        tokenizer.codes(),
        tokenizer.dimension(),
        settings.width(),
        settings.attentionHeads(),
        settings.fineWidth(),
        settings.fineBlocks(),
        settings.imageBlocks(),
        settings.textBlocks(),
        words,
        answers,
        settings.captionLength(),
        settings.questionLength());
  }
}
