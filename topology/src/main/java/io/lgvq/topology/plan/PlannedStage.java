package io.lgvq.topology.plan;

import io.lgvq.topology.config.TopicNames;
import io.lgvq.topology.stage.AnswerStage;
import io.lgvq.topology.stage.CaptionStage;
import io.lgvq.topology.stage.DriftStage;
import io.lgvq.topology.stage.ReconstructStage;
import io.lgvq.topology.stage.StageFlow;
import io.lgvq.topology.stage.TokenizeStage;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * A stage before there are models to run it: enough to see to its topics.
 *
 * @param name of the stage
 * @param inputs topics that it reads
 * @param outputs topics that it writes, dead letters last
 */
public record PlannedStage(String name, List<String> inputs, List<String> outputs)
    implements StageFlow {

  /** Keeps copies. */
  public PlannedStage {
    inputs = List.copyOf(inputs);
    outputs = List.copyOf(outputs);
  }

  /** All stages, in the order in which data flows. */
  public static List<PlannedStage> all(TopicNames topics) {
    List<String> tokens = List.of(topics.tokens());
    return List.of(
        stage(TokenizeStage.NAME, List.of(topics.images()), topics.tokens(), topics),
        stage(CaptionStage.NAME, tokens, topics.captions(), topics),
        stage(
            AnswerStage.NAME,
            List.of(topics.questions(), topics.tokens()),
            topics.answers(),
            topics),
        stage(ReconstructStage.NAME, tokens, topics.reconstructions(), topics),
        stage(DriftStage.NAME, tokens, topics.drift(), topics));
  }

  /** The topic of its dead letters. */
  public String deadLetters() {
    return outputs.get(outputs.size() - 1);
  }

  /** The topics that some stages read or write. */
  public static Set<String> topics(Collection<PlannedStage> stages) {
    Set<String> topics = new LinkedHashSet<>();
    stages.forEach(
        stage -> {
          topics.addAll(stage.inputs());
          topics.addAll(stage.outputs());
        });
    return topics;
  }

  private static PlannedStage stage(
      String name, List<String> inputs, String output, TopicNames topics) {
    return new PlannedStage(name, inputs, List.of(output, topics.deadLetters()));
  }
}
