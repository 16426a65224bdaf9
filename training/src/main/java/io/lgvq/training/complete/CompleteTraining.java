package io.lgvq.training.complete;

import io.lgvq.training.export.TokenizerFiles;
import io.lgvq.training.head.TokenizedSample;
import io.lgvq.training.loop.TrainingLoop;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * From a frozen tokenizer's codes to a complete head that is ready to be released. Stateless; what
 * a run keeps lies in the folder of its {@link TrainingLoop}.
 *
 * @param tokenizer whose codes are completed
 * @param settings of network and training
 * @param origin what the samples are made of, as text
 * @param seed of first values and of all draws
 */
public record CompleteTraining(
    TokenizerFiles tokenizer, CompleteSettings settings, String origin, long seed) {

  /** Held-out images that are measured: enough for two digits. */
  private static final int MEASURED = 200;

  /**
   * Trains, or goes on where the loop's folder has a checkpoint.
   *
   * @param training what is learnt from
   * @param held what is measured; nothing is where it is empty
   */
  public TrainedCompleter run(
      List<TokenizedSample> training, List<TokenizedSample> held, TrainingLoop loop)
      throws IOException {
    CompleteSize size =
        new CompleteSize(
            tokenizer.grid().height(),
            tokenizer.grid().width(),
            tokenizer.codes(),
            tokenizer.dimension(),
            settings.width(),
            settings.attentionHeads(),
            settings.blocks(),
            settings.layers());
    CompleteNetwork network = new CompleteNetwork(size, tokenizer.unitScale());
    try (CompleteLearner learner =
        new CompleteLearner(training, settings, size, network, tokenizer.vectors(), origin, seed)) {
      loop.run(learner, settings.steps());
      return new TrainedCompleter(
          CompleteGraph.of(size, network, learner.parameters()),
          held.isEmpty() ? Map.of() : measures(learner, held));
    }
  }

  private Map<String, Object> measures(CompleteLearner learner, List<TokenizedSample> held) {
    CompleteLearner.Told told = learner.measure(held, MEASURED);
    Map<String, Object> measures = new LinkedHashMap<>();
    measures.put("natsAHiddenCode", told.nats());
    measures.put("natsOfNobody", (float) Math.log(tokenizer.codes()));
    measures.put("right", told.right());
    measures.put("images", Math.min(MEASURED, held.size()));
    return measures;
  }
}
