package io.lgvq.app.stage;

import io.lgvq.app.config.LgvqConfig;
import io.lgvq.topology.stage.Stage;
import io.lgvq.topology.stage.TopicCheck;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.TopicExistsException;

/**
 * Sees to it that the topics are there, makes the missing ones or says which they are, and that
 * stages find in them what belongs together.
 *
 * <p>Images may be large, so the topics that carry them are made with a record limit to match.
 */
final class StageTopics {
  private static final int ENVELOPE = 256 * 1024;

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
    List<String> missing = missing(wanted);
    if (missing.isEmpty() || !config.topics().create()) {
      return missing;
    }
    create(missing);
    return List.of();
  }

  /** Names of the topics that are not there. */
  List<String> missing(Collection<String> wanted) {
    Set<String> there = await(admin.listTopics().names().toCompletionStage().toCompletableFuture());
    return wanted.stream().filter(name -> !there.contains(name)).toList();
  }

  /**
   * Refuses stages that would stall or miss each other's records, see {@link TopicCheck}.
   *
   * @throws StartException if there are such
   */
  void refuseUnfit(Collection<Stage> stages) {
    List<String> problems =
        stages.stream().flatMap(stage -> TopicCheck.problems(stage, admin).stream()).toList();
    if (!problems.isEmpty()) {
      throw new StartException(String.join(" ", problems));
    }
  }

  private void create(List<String> names) {
    Map<String, String> settings =
        Map.of("max.message.bytes", Integer.toString(config.image().maxBytes() + ENVELOPE));
    List<NewTopic> made = new ArrayList<>();
    for (String name : names) {
      made.add(
          new NewTopic(
                  name,
                  Optional.of(config.topics().partitions()),
                  config.topics().replicationFactor())
              .configs(settings));
    }
    CompletableFuture<?>[] creations =
        admin.createTopics(made).values().entrySet().stream()
            .map(topic -> created(topic.getKey(), topic.getValue()))
            .toArray(CompletableFuture[]::new);
    await(CompletableFuture.allOf(creations));
  }

  private static CompletableFuture<Void> created(String name, KafkaFuture<Void> creation) {
    return creation
        .toCompletionStage()
        .toCompletableFuture()
        .exceptionally(
            failure -> {
              if (failure instanceof TopicExistsException) {
                return null; // another process was quicker
              }
              throw new StartException(
                  "Topic %s could not be made (lgvq.topics.create): %s"
                      .formatted(name, failure.getMessage()));
            });
  }

  private <T> T await(CompletableFuture<T> future) {
    try {
      return future.get(config.startWait().toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof StartException ours) {
        throw ours;
      }
      throw new StartException(
          "Kafka refused (kafka.bootstrap.servers): " + e.getCause().getMessage());
    } catch (TimeoutException e) {
      throw new StartException(
          "Kafka did not answer within %d s (kafka.bootstrap.servers, lgvq.start-wait)."
              .formatted(config.startWait().toSeconds()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StartException("Interrupted while asking Kafka for its topics.");
    }
  }
}
