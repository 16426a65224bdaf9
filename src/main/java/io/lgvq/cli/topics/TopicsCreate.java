package io.lgvq.cli.topics;

import io.lgvq.cli.kafka.KafkaOptions;
import io.lgvq.cli.kafka.ServeProperties;
import io.lgvq.cli.shell.Json;
import io.lgvq.topology.plan.ObservedTopic;
import io.lgvq.topology.plan.PlanSettings;
import io.lgvq.topology.plan.PlannedStage;
import io.lgvq.topology.plan.PlannedTopic;
import io.lgvq.topology.plan.TopicCreation;
import io.lgvq.topology.plan.TopicPlan;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.admin.Admin;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Makes the topics that are missing. */
@Command(
    name = "create",
    mixinStandardHelpOptions = true,
    description = {
      "Make the topics that are missing, as docs/topics.md recommends.",
      "What is there is never changed; topics describe tells what is wrong with it."
    })
final class TopicsCreate implements Callable<Integer> {
  @Mixin private TopicsOptions options;

  @Option(
      names = "--partitions",
      paramLabel = "N",
      description = "Partitions of each topic. Default: lgvq.topics.partitions, else 4.")
  private Optional<Integer> partitions = Optional.empty();

  @Option(
      names = "--replication",
      paramLabel = "N",
      description =
          "Replicas of each partition. Default: lgvq.topics.replication-factor, else the broker's.")
  private Optional<Short> replication = Optional.empty();

  @Option(names = "--dry-run", description = "Ask the broker whether it would, and make nothing.")
  private boolean dryRun;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    ServeProperties properties = options.properties();
    PlanSettings settings = options.settings(properties, partitions, replication);
    List<PlannedStage> stages = options.stages(settings.topics());
    List<TopicCreation.Outcome> outcomes;
    try (Admin admin = KafkaOptions.admin(properties)) {
      outcomes = create(settings, stages, properties, admin);
    }
    PrintWriter out = spec.commandLine().getOut();
    if (options.json()) {
      out.println(Json.pretty(outcomes.stream().map(TopicsCreate::facts).toList()));
    } else {
      outcomes.forEach(outcome -> out.println(outcome.sentence()));
    }
    boolean failed =
        outcomes.stream().anyMatch(outcome -> outcome.result() == TopicCreation.Result.FAILED);
    return failed ? ExitCode.SOFTWARE : ExitCode.OK;
  }

  private List<TopicCreation.Outcome> create(
      PlanSettings settings, List<PlannedStage> chosen, ServeProperties properties, Admin admin) {
    List<PlannedStage> all = PlannedStage.all(settings.topics());
    Set<String> names = TopicsOptions.topics(chosen, settings);
    Map<String, ObservedTopic> there =
        TopicsOptions.survey(TopicsOptions.topics(all, settings), properties, admin);
    TopicPlan plan = TopicPlan.of(settings).beside(settings.deadLetters(), all, there).only(names);
    return TopicCreation.run(plan, there, admin, dryRun);
  }

  private static Map<String, Object> facts(TopicCreation.Outcome outcome) {
    PlannedTopic topic = outcome.topic();
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("topic", topic.name());
    facts.put("result", outcome.result().name().toLowerCase(Locale.ROOT).replace('_', '-'));
    facts.put("sentence", outcome.sentence());
    facts.put("partitions", topic.partitions());
    facts.put("replication", topic.replication());
    facts.put("configs", topic.configs());
    return facts;
  }
}
