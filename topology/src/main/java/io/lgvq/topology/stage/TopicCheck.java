package io.lgvq.topology.stage;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.streams.errors.StreamsException;

/**
 * Looks at the topics of a stage before it starts: a missing topic, or inputs that are not
 * copartitioned, would otherwise show as a stall, or as questions that never find their image.
 */
public final class TopicCheck {

  private TopicCheck() {}

  /**
   * What is wrong with the topics of a stage, asked of the broker.
   *
   * @return sentences for people; empty if all is well
   * @throws StreamsException if the broker does not answer
   */
  public static List<String> problems(StageFlow stage, Admin admin) {
    Map<String, Integer> partitions = new TreeMap<>();
    var topics = new ArrayList<>(stage.inputs());
    topics.addAll(stage.outputs());
    admin
        .describeTopics(topics)
        .topicNameValues()
        .forEach(
            (topic, described) -> {
              try {
                partitions.put(topic, described.get().partitions().size());
              } catch (ExecutionException e) {
                if (!(e.getCause() instanceof UnknownTopicOrPartitionException)) {
                  throw new StreamsException("topic '" + topic + "' cannot be described", e);
                }
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new StreamsException("interrupted while topics were described", e);
              }
            });
    return problems(stage, partitions);
  }

  /**
   * What is wrong with the topics of a stage.
   *
   * @param partitions partition count of each topic that exists
   * @return sentences for people; empty if all is well
   */
  public static List<String> problems(StageFlow stage, Map<String, Integer> partitions) {
    List<String> problems = new ArrayList<>();
    var topics = new ArrayList<>(stage.inputs());
    topics.addAll(stage.outputs());
    for (String topic : topics) {
      if (!partitions.containsKey(topic)) {
        problems.add(
            "Stage '%s' needs topic '%s', which does not exist.".formatted(stage.name(), topic));
      }
    }
    if (problems.isEmpty()) {
      unequal(stage, partitions).ifPresent(problems::add);
    }
    return problems;
  }

  /**
   * Whether inputs that a stage reads together differ in their partition counts.
   *
   * @param partitions partition count of each topic that exists
   * @return a sentence for people; empty if all is well
   */
  public static Optional<String> unequal(StageFlow stage, Map<String, Integer> partitions) {
    Map<String, Integer> inputs = new TreeMap<>(partitions);
    inputs.keySet().retainAll(stage.inputs());
    if (inputs.values().stream().distinct().count() < 2) {
      return Optional.empty();
    }
    return Optional.of(
        "Stage '%s' reads topics with different partition counts %s; it finds what belongs together only where they are equal."
            .formatted(stage.name(), inputs));
  }
}
