package io.lgvq.app.stage;

import io.lgvq.app.config.LgvqConfig;
import io.lgvq.app.config.Names;
import io.lgvq.topology.config.RecordLimits;
import io.lgvq.topology.config.TopicNames;
import io.lgvq.topology.stage.Stage;
import io.lgvq.topology.stage.TopicCheck;
import io.lgvq.topology.stage.TopicLimits;
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
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;

/**
 * Sees to it that the topics are there, makes the missing ones or says which they are, and that
 * stages find in them what belongs together.
 *
 * <p>Images may be large, so topics are made with a record limit to match, and the dead letters'
 * with room for whatever the stages may have to write there.
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

  /** The record limit of topics that are made here, dead letters aside. */
  int recordBytes() {
    return (int) Math.min(Integer.MAX_VALUE, (long) config.image().maxBytes() + ENVELOPE);
  }

  /**
   * Refuses stages that would stall or miss each other's records, see {@link TopicCheck}, or whose
   * dead letters do not take what they read, see {@link TopicLimits}.
   *
   * @return how large the records of their topics may be
   * @throws StartException if there are such
   */
  TopicLimits refuseUnfit(Collection<Stage> stages) {
    refuse(stages.stream().flatMap(stage -> TopicCheck.problems(stage, admin).stream()));
    List<String> topics =
        stages.stream()
            .flatMap(stage -> Stream.concat(stage.inputs().stream(), stage.outputs().stream()))
            .toList();
    TopicLimits limits = TopicLimits.ask(topics, admin);
    refuse(stages.stream().flatMap(stage -> limits.problems(stage).stream()));
    return limits;
  }

  private static void refuse(Stream<String> problems) {
    String sentences = problems.distinct().collect(Collectors.joining(" "));
    if (!sentences.isEmpty()) {
      throw new StartException(sentences);
    }
  }

  private void create(List<String> names) {
    TopicNames topics = Names.of(config.topics());
    List<NewTopic> made = new ArrayList<>();
    for (String name : names) {
      int limit = name.equals(topics.deadLetters()) ? deadLetterBytes(topics) : recordBytes();
      made.add(
          new NewTopic(
                  name,
                  Optional.of(config.topics().partitions()),
                  config.topics().replicationFactor())
              .configs(Map.of(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, Integer.toString(limit))));
    }
    CompletableFuture<?>[] creations =
        admin.createTopics(made).values().entrySet().stream()
            .map(topic -> created(topic.getKey(), topic.getValue()))
            .toArray(CompletableFuture[]::new);
    await(CompletableFuture.allOf(creations));
  }

  /** Input topics may be there already, and take larger records than ours would. */
  private int deadLetterBytes(TopicNames topics) {
    List<String> inputs = List.of(topics.images(), topics.tokens(), topics.questions());
    int largest = TopicLimits.ask(inputs, admin).largest(inputs).orElse(0);
    return RecordLimits.roomFor(Math.max(largest, recordBytes()));
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
