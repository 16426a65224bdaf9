package io.lgvq.training.paint;

import io.lgvq.operators.text.Vocabulary;
import io.lgvq.training.export.TokenizerFiles;
import io.lgvq.training.head.TokenizedSample;
import io.lgvq.training.loop.TrainingLoop;
import io.lgvq.training.network.Parameter;
import io.lgvq.training.tokenizer.CodebookParameter;
import io.lgvq.training.weights.Tensor;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * From a frozen tokenizer's codes and their captions to a paint head that is ready to be released.
 * Stateless; what a run keeps lies in the folder of its {@link TrainingLoop}.
 *
 * @param tokenizer whose codes are painted
 * @param settings of network and training
 * @param textLength T, words of a text, {@code <begin>} included
 * @param origin what the samples are made of, as text
 * @param seed of first values and of all draws
 */
public record PaintTraining(
    TokenizerFiles tokenizer, PaintSettings settings, int textLength, String origin, long seed) {

  /** Held-out images that are measured: enough for two digits. */
  private static final int MEASURED = 200;

  /**
   * Trains, or goes on where the loop's folder has a checkpoint.
   *
   * @param vocabulary the bundle's words
   * @param training what is learnt from
   * @param held what is measured; nothing is where it is empty
   */
  public TrainedPainter run(
      Vocabulary vocabulary,
      List<TokenizedSample> training,
      List<TokenizedSample> held,
      TrainingLoop loop)
      throws IOException {
    PaintSize size = size(vocabulary.size());
    Parameter vectors = CodebookParameter.of(tokenizer.codes(), tokenizer.dimension());
    PaintNetwork network = new PaintNetwork(size, vectors, tokenizer.unitScale());
    PaintData data = new PaintData(training, vocabulary, textLength);
    Map<Parameter, Tensor> codebook = Map.of(vectors, tokenizer.vectors());
    try (PaintLearner learner =
        new PaintLearner(data, settings, size, network, codebook, origin, seed)) {
      loop.run(learner, settings.steps());
      return new TrainedPainter(
          PaintGraphs.of(size, network, learner.parameters()),
          vocabulary,
          held.isEmpty()
              ? Map.of()
              : measures(learner, new PaintData(held, vocabulary, textLength)));
    }
  }

  private Map<String, Object> measures(PaintLearner learner, PaintData held) {
    Map<String, Object> measures = new LinkedHashMap<>();
    measures.put("natsACode", learner.nats(held, MEASURED, true));
    measures.put("natsACodeWithoutText", learner.nats(held, MEASURED, false));
    measures.put("natsACodeOfTextAlone", learner.natsOfText(held, MEASURED));
    measures.put("natsOfNobody", (float) Math.log(tokenizer.codes()));
    measures.put("images", Math.min(MEASURED, held.size()));
    return measures;
  }

  private PaintSize size(int words) {
    return new PaintSize(
        tokenizer.grid().height(),
        tokenizer.grid().width(),
        tokenizer.codes(),
        tokenizer.dimension(),
        words,
        textLength,
        settings.width(),
        settings.attentionHeads(),
        settings.layers());
  }
}
