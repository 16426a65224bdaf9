package io.lgvq.app.stage;

import io.lgvq.app.config.LgvqConfig;
import io.lgvq.app.config.Names;
import io.lgvq.topology.config.AnswerSettings;
import io.lgvq.topology.config.DeadLetterSettings;
import io.lgvq.topology.plan.ObservedTopic;
import io.lgvq.topology.plan.PlanSettings;
import io.lgvq.topology.plan.PlannedStage;
import io.lgvq.topology.plan.PlannedTopic;
import io.lgvq.topology.plan.TopicPlan;
import io.lgvq.topology.plan.TopicSurvey;
import io.lgvq.topology.stage.Stage;
import io.lgvq.topology.stage.TopicCheck;
import io.lgvq.topology.stage.TopicLimits;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.InvalidMetadataException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.streams.errors.StreamsException;

/**
 * Sees to it that the topics are there, makes the missing ones or says which they are, and that
 * stages find in them what belongs together.
 *
 * <p>Topics are made as {@link TopicPlan} has them, so that {@code lgvq topics create} makes the
 * same.
 */
final class StageTopics {
  private final Admin admin;
  private final LgvqConfig config;

  StageTopics(Admin admin, LgvqConfig config) {
    this.admin = admin;
    this.config = config;
  }

  /**
   * Names of the topics that are not there, after making them if that is wanted.
   *
   * @throws StartException if Kafka does not answer in time or refuses
   */
  List<String> ensure(Collection<String> wanted) {
    StartWait wait = new StartWait(config.startWait());
    List<String> missing = missing(wanted, wait);
    if (missing.isEmpty() || !config.topics().create()) {
      return missing;
    }
    create(missing, wait);
    partitions(missing, wait); // the broker's answer comes before its own metadata knows of them
    return List.of();
  }

  /** Names of the topics that are not there. */
  List<String> missing(Collection<String> wanted) {
    return missing(wanted, new StartWait(config.startWait()));
  }

  private List<String> missing(Collection<String> wanted, StartWait wait) {
    Set<String> there = wait.await(future(admin.listTopics().names()));
    return wanted.stream().filter(name -> !there.contains(name)).toList();
  }

  /** The record limit of topics that are made here, dead letters aside. */
  int recordBytes() {
    return plan().recordBytes();
  }

  /**
   * Refuses stages that would stall or miss each other's records, see {@link TopicCheck}, or whose
   * dead letters do not take what they read, see {@link TopicLimits}.
   *
   * @return how large the records of their topics may be
   * @throws StartException if there are such, or if Kafka does not describe their topics in time
   */
  TopicLimits refuseUnfit(Collection<Stage> stages) {
    Set<String> topics = new TreeSet<>();
    for (Stage stage : stages) {
      topics.addAll(stage.inputs());
      topics.addAll(stage.outputs());
    }
    Map<String, Integer> partitions = partitions(topics, new StartWait(config.startWait()));
    refuse(stages.stream().flatMap(stage -> TopicCheck.problems(stage, partitions).stream()));
    TopicLimits limits = limits(topics);
    refuse(stages.stream().flatMap(stage -> limits.problems(stage, deadLetters()).stream()));
    return limits;
  }

  /**
   * Most tasks that a stream thread of a stage may have: as many as its input has partitions.
   *
   * @throws StartException if Kafka does not describe its topics in time
   */
  int tasks(Stage stage) {
    return partitions(stage.inputs(), new StartWait(config.startWait())).values().stream()
        .mapToInt(Integer::intValue)
        .max()
        .orElse(1);
  }

  private static void refuse(Stream<String> problems) {
    String sentences = problems.distinct().collect(Collectors.joining(" "));
    if (!sentences.isEmpty()) {
      throw new StartException(sentences);
    }
  }

  private TopicLimits limits(Collection<String> topics) {
    try {
      return TopicLimits.ask(topics, admin);
    } catch (StreamsException e) {
      throw new StartException(
          "Kafka does not tell how large its records may be (kafka.bootstrap.servers): "
              + e.getMessage());
    }
  }

  /** Partition counts; waits for topics that the broker asked has not heard of yet. */
  private Map<String, Integer> partitions(Collection<String> topics, StartWait wait) {
    Map<String, Integer> partitions = new TreeMap<>();
    List<String> unknown = topics.stream().sorted().toList();
    Supplier<StartException> late = wait::silence;
    while (!unknown.isEmpty()) {
      if (wait.over()) {
        throw undescribed(unknown, wait);
      }
      Supplier<StartException> inTime = late;
      admin
          .describeTopics(unknown)
          .topicNameValues()
          .forEach(
              (name, answer) ->
                  wait.await(described(name, answer), inTime)
                      .ifPresent(count -> partitions.put(name, count)));
      unknown = unknown.stream().filter(name -> !partitions.containsKey(name)).toList();
      List<String> still = unknown;
      late = () -> undescribed(still, wait); // Kafka does answer, but does not know them
      if (!unknown.isEmpty()) {
        wait.pause();
      }
    }
    return partitions;
  }

  private static StartException undescribed(List<String> unknown, StartWait wait) {
    return new StartException(
        "Kafka did not describe the topic %s within %s (lgvq.start-wait)."
            .formatted(String.join(", ", unknown), wait.patience()));
  }

  private static CompletableFuture<Optional<Integer>> described(
      String name, KafkaFuture<TopicDescription> answer) {
    return future(answer)
        .handle(
            (topic, failure) -> {
              if (failure == null) {
                return Optional.of(topic.partitions().size()).filter(count -> count > 0);
              }
              if (cause(failure) instanceof InvalidMetadataException) {
                return Optional.empty(); // the topic, or its leader, is too new
              }
              throw new StartException(
                  "Topic %s cannot be described (kafka.*): %s"
                      .formatted(name, cause(failure).getMessage()));
            });
  }

  private void create(List<String> names, StartWait wait) {
    List<PlannedStage> stages = PlannedStage.all(Names.of(config.topics()));
    TopicPlan plan =
        TopicPlan.of(plan())
            .beside(deadLetters(), stages, survey(PlannedStage.topics(stages)))
            .only(names);
    CompletableFuture<?>[] creations =
        admin
            .createTopics(plan.topics().stream().map(PlannedTopic::newTopic).toList())
            .values()
            .entrySet()
            .stream()
            .map(topic -> created(topic.getKey(), topic.getValue()))
            .toArray(CompletableFuture[]::new);
    wait.await(CompletableFuture.allOf(creations));
  }

  private DeadLetterSettings deadLetters() {
    return DeadLetterPolicy.of(config.deadLetters());
  }

  private PlanSettings plan() {
    LgvqConfig.Answer answer = config.answer();
    return new PlanSettings(
        Names.of(config.topics()),
        config.topics().partitions(),
        config.topics().replicationFactor(),
        config.image().maxBytes(),
        new AnswerSettings(answer.tokensRetention(), answer.questionWait(), answer.maxLength()),
        deadLetters());
  }

  private Map<String, ObservedTopic> survey(Collection<String> topics) {
    try {
      return TopicSurvey.ask(topics, admin);
    } catch (StreamsException e) {
      throw new StartException(
          "Kafka does not tell which topics it has (kafka.bootstrap.servers): " + e.getMessage());
    }
  }

  private static CompletableFuture<Void> created(String name, KafkaFuture<Void> creation) {
    return future(creation)
        .exceptionally(
            failure -> {
              if (cause(failure) instanceof TopicExistsException) {
                return null; // another process was quicker
              }
              throw new StartException(
                  "Topic %s could not be made (lgvq.topics.create): %s"
                      .formatted(name, cause(failure).getMessage()));
            });
  }

  private static <T> CompletableFuture<T> future(KafkaFuture<T> answer) {
    return answer.toCompletionStage().toCompletableFuture();
  }

  private static Throwable cause(Throwable failure) {
    return failure instanceof CompletionException && failure.getCause() != null
        ? failure.getCause()
        : failure;
  }
}
