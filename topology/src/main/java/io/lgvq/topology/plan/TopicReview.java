package io.lgvq.topology.plan;

import io.lgvq.topology.stage.TopicCheck;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What is wrong with the topics of some stages. Judged is what they do to the stages, not whether
 * they are as planned: a topic may well differ from the plan and be right.
 */
public final class TopicReview {

  private TopicReview() {}

  /**
   * All findings, errors first, then in the order in which data flows.
   *
   * @param settings what the plan follows from
   * @param stages that will run on the topics
   * @param there topics on the broker, by name
   */
  public static List<Finding> of(
      PlanSettings settings, Collection<PlannedStage> stages, Map<String, ObservedTopic> there) {
    var surveyed = new Surveyed(settings, List.copyOf(stages), there);
    List<String> order = new ArrayList<>(surveyed.names());
    order.add(surveyed.notesName());
    return Stream.of(
            missing(surveyed),
            unequal(surveyed),
            hidden(surveyed),
            CleanupRule.findings(surveyed),
            NotesRule.findings(surveyed),
            RetentionRule.findings(surveyed),
            SizeRule.findings(surveyed),
            ReplicationRule.findings(surveyed),
            TimestampRule.findings(surveyed),
            CompressionRule.findings(surveyed))
        .flatMap(findings -> findings)
        .sorted(
            Comparator.comparing(Finding::severity)
                .thenComparing(finding -> order.indexOf(finding.topic())))
        .toList();
  }

  private static Stream<Finding> missing(Surveyed surveyed) {
    return surveyed.names().stream()
        .filter(name -> !surveyed.there().containsKey(name))
        .map(
            name ->
                Finding.error(
                    name,
                    "Topic '%s' is missing: stage %s does not start without it. Make it with 'lgvq topics create'.",
                    name,
                    users(surveyed, name)));
  }

  private static String users(Surveyed surveyed, String topic) {
    return String.join(
        ", ",
        surveyed.stages().stream()
            .filter(stage -> stage.inputs().contains(topic) || stage.outputs().contains(topic))
            .map(PlannedStage::name)
            .toList());
  }

  private static Stream<Finding> unequal(Surveyed surveyed) {
    Map<String, Integer> partitions = new TreeMap<>();
    surveyed.there().forEach((name, topic) -> partitions.put(name, topic.partitions()));
    return surveyed.stages().stream()
        .flatMap(
            stage ->
                TopicCheck.unequal(stage, partitions).stream()
                    .map(
                        sentence ->
                            Finding.error(
                                stage.inputs().get(0),
                                "%s Make the topic that has fewer anew with as many as the other; partitions that are added to a topic with records part what belongs together.",
                                sentence)));
  }

  private static Stream<Finding> hidden(Surveyed surveyed) {
    return surveyed
        .all()
        .filter(topic -> topic.configs().isEmpty())
        .map(
            topic ->
                Finding.warning(
                    topic.name(),
                    "The configuration of topic '%s' may not be seen, so it is not checked. Allow DescribeConfigs to this user.",
                    topic.name()));
  }
}
