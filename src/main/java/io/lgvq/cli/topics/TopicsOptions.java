package io.lgvq.cli.topics;

import io.lgvq.cli.kafka.KafkaOptions;
import io.lgvq.cli.kafka.ServeProperties;
import io.lgvq.cli.shell.Failure;
import io.lgvq.topology.config.AnswerSettings;
import io.lgvq.topology.config.DeadLetterSettings;
import io.lgvq.topology.config.TopicNames;
import io.lgvq.topology.plan.ObservedTopic;
import io.lgvq.topology.plan.PlanSettings;
import io.lgvq.topology.plan.PlannedStage;
import io.lgvq.topology.plan.TopicSurvey;
import io.lgvq.topology.replay.ReplayMarkers;
import io.lgvq.topology.stage.DriftStage;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.streams.errors.StreamsException;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What both commands are told. */
final class TopicsOptions {
  @Mixin private KafkaOptions kafka;

  @Option(
      names = "--stages",
      split = ",",
      paramLabel = "STAGE",
      description =
          "Only the topics of these stages, for instance tokenize,caption. Default: all but drift,"
              + " which is off unless it is asked for.")
  private Set<String> stages = new LinkedHashSet<>();

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  boolean json() {
    return json;
  }

  /** What is set; wrong usage if it names a topic that there is none of. */
  ServeProperties properties() {
    return kafka.properties(spec);
  }

  /** The chosen stages; wrong usage if one is none. */
  List<PlannedStage> stages(TopicNames topics) {
    List<PlannedStage> all = PlannedStage.all(topics);
    List<String> names = all.stream().map(PlannedStage::name).toList();
    for (String stage : stages) {
      if (!names.contains(stage)) {
        throw new ParameterException(
            spec.commandLine(),
            "--stages: there is no stage '%s', only %s".formatted(stage, String.join(", ", names)));
      }
    }
    return all.stream()
        .filter(
            stage ->
                stages.isEmpty()
                    ? !stage.name().equals(DriftStage.NAME)
                    : stages.contains(stage.name()))
        .toList();
  }

  /** What the plan follows from; what the command line says comes before properties. */
  PlanSettings settings(
      ServeProperties properties, Optional<Integer> partitions, Optional<Short> replication) {
    PlanSettings standard = PlanSettings.standard();
    AnswerSettings answers = standard.answers();
    try {
      return new PlanSettings(
          properties.topics(),
          partitions
              .or(() -> properties.value("lgvq.topics.partitions", Integer.class))
              .orElse(standard.partitions()),
          replication.or(() -> properties.value("lgvq.topics.replication-factor", Short.class)),
          properties.value("lgvq.image.max-bytes", Integer.class).orElse(standard.imageBytes()),
          new AnswerSettings(
              properties
                  .value("lgvq.answer.tokens-retention", Duration.class)
                  .orElse(answers.tokensRetention()),
              properties
                  .value("lgvq.answer.question-wait", Duration.class)
                  .orElse(answers.questionWait()),
              answers.maxQuestionLength()),
          properties
              .value("lgvq.dead-letters.max-value-bytes", Integer.class)
              .map(DeadLetterSettings::new)
              .orElse(standard.deadLetters()));
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage());
    }
  }

  /** The topics of some stages, and what is noted of replays of their dead letters. */
  static Set<String> topics(List<PlannedStage> stages, PlanSettings settings) {
    Set<String> topics = new LinkedHashSet<>(PlannedStage.topics(stages));
    topics.add(ReplayMarkers.topic(settings.topics().deadLetters()));
    return topics;
  }

  /**
   * Those of some topics that are there, by name.
   *
   * @throws Failure if Kafka does not tell
   */
  static Map<String, ObservedTopic> survey(
      Collection<String> names, ServeProperties properties, Admin admin) {
    try {
      return TopicSurvey.ask(names, admin);
    } catch (StreamsException e) {
      throw new Failure(
          "Kafka at %s (kafka.bootstrap.servers): %s"
              .formatted(properties.kafka().get("bootstrap.servers"), e.getMessage()),
          e);
    }
  }
}
