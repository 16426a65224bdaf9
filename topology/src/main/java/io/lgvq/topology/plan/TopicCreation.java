package io.lgvq.topology.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.CreateTopicsOptions;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.streams.errors.StreamsException;

/** Makes the topics of a plan that are missing. What is there is never changed. */
public final class TopicCreation {

  /** What became of a topic. */
  public enum Result {
    /** It is new. */
    CREATED,
    /** It would have been made: the broker has accepted it on trial. */
    WOULD_BE_CREATED,
    /** It was there before. */
    EXISTS,
    /** The broker refused. */
    FAILED
  }

  /**
   * A topic and what became of it.
   *
   * @param topic as planned
   * @param result what became of it
   * @param sentence for people
   */
  public record Outcome(PlannedTopic topic, Result result, String sentence) {}

  private TopicCreation() {}

  /**
   * Makes what is missing.
   *
   * @param there topics on the broker, by name
   * @param trial whether the broker is only asked if it would
   * @return one outcome for each topic of the plan, in its order
   */
  public static List<Outcome> run(
      TopicPlan plan, Map<String, ObservedTopic> there, Admin admin, boolean trial) {
    List<PlannedTopic> missing =
        plan.topics().stream().filter(topic -> !there.containsKey(topic.name())).toList();
    Map<String, KafkaFuture<Void>> answers =
        admin
            .createTopics(
                missing.stream().map(PlannedTopic::newTopic).toList(),
                new CreateTopicsOptions().validateOnly(trial))
            .values();
    List<Outcome> outcomes = new ArrayList<>();
    for (PlannedTopic topic : plan.topics()) {
      KafkaFuture<Void> answer = answers.get(topic.name());
      outcomes.add(answer == null ? exists(topic) : outcome(topic, answer, trial));
    }
    return outcomes;
  }

  private static Outcome outcome(PlannedTopic topic, KafkaFuture<Void> answer, boolean trial) {
    try {
      answer.get();
      return new Outcome(
          topic,
          trial ? Result.WOULD_BE_CREATED : Result.CREATED,
          "%s %s with %d partitions"
              .formatted(
                  topic.name(), trial ? "would be created" : "is created", topic.partitions()));
    } catch (ExecutionException e) {
      return e.getCause() instanceof TopicExistsException
          ? exists(topic)
          : new Outcome(
              topic,
              Result.FAILED,
              "%s cannot be created: %s".formatted(topic.name(), e.getCause().getMessage()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StreamsException("interrupted while topics were made", e);
    }
  }

  private static Outcome exists(PlannedTopic topic) {
    return new Outcome(topic, Result.EXISTS, topic.name() + " is there and stays as it is");
  }
}
