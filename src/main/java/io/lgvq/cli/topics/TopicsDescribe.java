package io.lgvq.cli.topics;

import io.lgvq.cli.kafka.KafkaOptions;
import io.lgvq.cli.kafka.ServeProperties;
import io.lgvq.cli.shell.Json;
import io.lgvq.topology.plan.Finding;
import io.lgvq.topology.plan.ObservedTopic;
import io.lgvq.topology.plan.PlanSettings;
import io.lgvq.topology.plan.PlannedStage;
import io.lgvq.topology.plan.PlannedTopic;
import io.lgvq.topology.plan.TopicPlan;
import io.lgvq.topology.plan.TopicReview;
import io.lgvq.topology.replay.ReplayMarkers;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.admin.Admin;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Says what the topics are like, and what is wrong with them. */
@Command(
    name = "describe",
    mixinStandardHelpOptions = true,
    description = {
      "Compare the topics on your Kafka with the plan in docs/topics.md, and name mistakes.",
      "Exit code 1 if records would be lost or a stage would stop, 0 otherwise."
    })
final class TopicsDescribe implements Callable<Integer> {
  @Mixin private TopicsOptions options;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    ServeProperties properties = options.properties();
    PlanSettings settings = options.settings(properties, Optional.empty(), Optional.empty());
    List<PlannedStage> stages = options.stages(settings.topics());
    Set<String> names = TopicsOptions.topics(stages, settings);
    Map<String, ObservedTopic> there;
    try (Admin admin = KafkaOptions.admin(properties)) {
      there = TopicsOptions.survey(names, properties, admin);
    }
    List<PlannedTopic> planned =
        TopicPlan.of(settings).beside(settings.deadLetters(), stages, there).only(names).topics();
    List<Finding> findings = TopicReview.of(settings, stages, there);
    boolean good = findings.stream().noneMatch(found -> found.severity() == Finding.Severity.ERROR);
    PrintWriter out = spec.commandLine().getOut();
    if (options.json()) {
      out.println(Json.pretty(facts(planned, there, findings, good)));
    } else {
      String notes = ReplayMarkers.topic(settings.topics().deadLetters());
      for (PlannedTopic topic : planned) {
        Optional<ObservedTopic> found = Optional.ofNullable(there.get(topic.name()));
        out.println(line(topic, found, topic.name().equals(notes)));
      }
      findings.forEach(found -> out.printf("%n%s: %s%n", severity(found), found.sentence()));
      if (findings.isEmpty()) {
        out.printf("%nAll is well: the stages can start and lose nothing.%n");
      }
    }
    return good ? ExitCode.OK : ExitCode.SOFTWARE;
  }

  private static String line(PlannedTopic planned, Optional<ObservedTopic> there, boolean isNotes) {
    return there
        .map(
            topic -> {
              String line =
                  "%s: %d partitions, %d replicas"
                      .formatted(topic.name(), topic.partitions(), topic.replication());
              String others = String.join(", ", differences(planned, topic));
              return line + (others.isEmpty() ? ", as planned" : ", " + others);
            })
        .orElseGet(() -> planned.name() + (isNotes ? ": made by the first replay" : ": missing"));
  }

  private static List<String> differences(PlannedTopic planned, ObservedTopic there) {
    List<String> differences = new ArrayList<>();
    planned
        .configs()
        .forEach(
            (config, value) ->
                there
                    .text(config)
                    .filter(found -> !found.equals(value))
                    .ifPresent(
                        found ->
                            differences.add("%s %s (plan: %s)".formatted(config, found, value))));
    return differences;
  }

  private static Map<String, Object> facts(
      List<PlannedTopic> planned,
      Map<String, ObservedTopic> there,
      List<Finding> findings,
      boolean good) {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("good", good);
    facts.put(
        "topics",
        planned.stream()
            .map(topic -> facts(topic, Optional.ofNullable(there.get(topic.name()))))
            .toList());
    facts.put("findings", findings.stream().map(TopicsDescribe::facts).toList());
    return facts;
  }

  private static Map<String, Object> facts(PlannedTopic planned, Optional<ObservedTopic> there) {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("topic", planned.name());
    facts.put("exists", there.isPresent());
    facts.put("partitions", there.map(ObservedTopic::partitions));
    facts.put("replication", there.map(ObservedTopic::replication));
    facts.put("configs", there.map(topic -> chosen(planned, topic)));
    facts.put("planned", planned.configs());
    return facts;
  }

  /** Of the dozens of properties in force those that the plan is about. */
  private static Map<String, String> chosen(PlannedTopic planned, ObservedTopic there) {
    Map<String, String> configs = new TreeMap<>(there.configs());
    configs.keySet().retainAll(planned.configs().keySet());
    return configs;
  }

  private static Map<String, Object> facts(Finding finding) {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("severity", severity(finding));
    facts.put("topic", finding.topic());
    facts.put("sentence", finding.sentence());
    return facts;
  }

  private static String severity(Finding finding) {
    return finding.severity().name().toLowerCase(Locale.ROOT);
  }
}
