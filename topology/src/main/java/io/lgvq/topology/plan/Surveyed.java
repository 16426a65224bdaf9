package io.lgvq.topology.plan;

import io.lgvq.topology.replay.ReplayMarkers;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * What the rules judge: the topics that are there, beside what stands on them.
 *
 * @param settings what the plan follows from
 * @param stages that will run on the topics
 * @param there topics on the broker, by name
 */
record Surveyed(
    PlanSettings settings, List<PlannedStage> stages, Map<String, ObservedTopic> there) {

  /** Names of all topics of the stages. */
  Collection<String> names() {
    return PlannedStage.topics(stages);
  }

  /** Those of some topics that are there. */
  Stream<ObservedTopic> there(Collection<String> names) {
    return names.stream().map(there::get).filter(Objects::nonNull);
  }

  /** Those of the stages' topics that are there. */
  Stream<ObservedTopic> all() {
    return there(names());
  }

  /** The notes of replays, if they are there. */
  Stream<ObservedTopic> notes() {
    return there(List.of(notesName()));
  }

  String notesName() {
    return ReplayMarkers.topic(settings.topics().deadLetters());
  }

  /** Whether a stage reads the topic. */
  boolean isRead(ObservedTopic topic) {
    return stages.stream().anyMatch(stage -> stage.inputs().contains(topic.name()));
  }

  boolean isDeadLetters(ObservedTopic topic) {
    return topic.name().equals(settings.topics().deadLetters());
  }
}
