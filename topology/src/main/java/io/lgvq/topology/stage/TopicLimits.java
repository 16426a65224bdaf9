package io.lgvq.topology.stage;

import io.lgvq.topology.config.DeadLetterSettings;
import io.lgvq.topology.config.RecordLimits;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.errors.UnsupportedVersionException;
import org.apache.kafka.streams.errors.StreamsException;

/**
 * How large a record each topic takes. What a topic lets in, a stage must be able to write to its
 * dead letters: it would stop at such a record for good otherwise, for a restart reads it again.
 *
 * @param maxMessageBytes {@code max.message.bytes} of each topic of which the broker tells it
 */
public record TopicLimits(Map<String, Integer> maxMessageBytes) {

  /** Keeps a copy. */
  public TopicLimits {
    maxMessageBytes = Map.copyOf(maxMessageBytes);
  }

  /**
   * Asks the broker. A topic that does not exist, or whose configuration we may not see, is left
   * out.
   *
   * @throws StreamsException if the broker does not answer
   */
  public static TopicLimits ask(Collection<String> topics, Admin admin) {
    List<ConfigResource> resources =
        topics.stream()
            .distinct()
            .map(topic -> new ConfigResource(ConfigResource.Type.TOPIC, topic))
            .toList();
    Map<String, Integer> limits = new TreeMap<>();
    admin
        .describeConfigs(resources)
        .values()
        .forEach(
            (resource, described) ->
                told(resource.name(), described)
                    .map(config -> config.get(TopicConfig.MAX_MESSAGE_BYTES_CONFIG))
                    .map(ConfigEntry::value)
                    .ifPresent(value -> limits.put(resource.name(), Integer.valueOf(value))));
    return new TopicLimits(limits);
  }

  private static Optional<Config> told(String topic, KafkaFuture<Config> described) {
    try {
      return Optional.of(described.get());
    } catch (ExecutionException e) {
      if (e.getCause() instanceof AuthorizationException
          || e.getCause() instanceof UnknownTopicOrPartitionException
          || e.getCause() instanceof UnsupportedVersionException) {
        return Optional.empty();
      }
      throw new StreamsException("topic '" + topic + "' does not tell its configuration", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StreamsException("interrupted while topics were described", e);
    }
  }

  /** The largest limit of some topics; empty if none of them is known. */
  public OptionalInt largest(Collection<String> topics) {
    return topics.stream()
        .filter(maxMessageBytes::containsKey)
        .mapToInt(maxMessageBytes::get)
        .max();
  }

  /**
   * The limits of a stage's topics.
   *
   * @param otherwise taken for an input topic whose limit is not known
   */
  public RecordLimits of(Stage stage, int otherwise) {
    return new RecordLimits(
        largest(stage.inputs()).orElse(otherwise),
        maxMessageBytes.getOrDefault(deadLetters(stage), RecordLimits.roomFor(otherwise)));
  }

  /**
   * Which input topics take larger records than the dead letters of a stage, where these are whole.
   *
   * @return sentences for people; empty if all is well
   */
  public List<String> problems(Stage stage) {
    return problems(stage, DeadLetterSettings.whole());
  }

  /**
   * Which input topics take larger records than the dead letters of a stage.
   *
   * @param settings what its dead letters hold
   * @return sentences for people; empty if all is well
   */
  public List<String> problems(Stage stage, DeadLetterSettings settings) {
    String letters = deadLetters(stage);
    int most = maxMessageBytes.getOrDefault(letters, Integer.MAX_VALUE);
    List<String> problems = new ArrayList<>();
    for (String input : stage.inputs()) {
      int limit = maxMessageBytes.getOrDefault(input, 0);
      if (Math.min(limit, settings.roomFor(limit)) > most) {
        problems.add(
            "Topic '%s' takes records of %d bytes, which is less than the %d of topic '%s', whose bad records it is for; raise its max.message.bytes to %d."
                .formatted(letters, most, limit, input, settings.roomFor(limit)));
      }
    }
    return problems;
  }

  private static String deadLetters(Stage stage) {
    return stage.outputs().get(stage.outputs().size() - 1);
  }
}
