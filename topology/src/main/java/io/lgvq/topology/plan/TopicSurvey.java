package io.lgvq.topology.plan;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.errors.UnsupportedVersionException;
import org.apache.kafka.streams.errors.StreamsException;

/** Asks the broker what its topics are like. */
public final class TopicSurvey {

  private TopicSurvey() {}

  /**
   * Those of some topics that are there, by name.
   *
   * @throws StreamsException if the broker does not answer, or may not tell us of a topic
   */
  public static Map<String, ObservedTopic> ask(Collection<String> names, Admin admin) {
    Map<String, TopicDescription> described = new TreeMap<>();
    admin
        .describeTopics(names)
        .topicNameValues()
        .forEach(
            (name, answer) ->
                told(name, answer, Set.of(UnknownTopicOrPartitionException.class))
                    .filter(topic -> !topic.partitions().isEmpty())
                    .ifPresent(topic -> described.put(name, topic)));
    Map<String, ObservedTopic> observed = new TreeMap<>();
    Map<String, Map<String, String>> configs = configs(described.keySet(), admin);
    described.forEach(
        (name, topic) ->
            observed.put(
                name,
                new ObservedTopic(
                    name,
                    topic.partitions().size(),
                    topic.partitions().stream()
                        .mapToInt(partition -> partition.replicas().size())
                        .min()
                        .orElseThrow(),
                    configs.getOrDefault(name, Map.of()))));
    return observed;
  }

  private static Map<String, Map<String, String>> configs(Collection<String> names, Admin admin) {
    List<ConfigResource> resources =
        names.stream().map(name -> new ConfigResource(ConfigResource.Type.TOPIC, name)).toList();
    Map<String, Map<String, String>> configs = new TreeMap<>();
    admin
        .describeConfigs(resources)
        .values()
        .forEach(
            (resource, answer) ->
                told(
                        resource.name(),
                        answer,
                        Set.of(
                            AuthorizationException.class,
                            UnknownTopicOrPartitionException.class,
                            UnsupportedVersionException.class))
                    .ifPresent(config -> configs.put(resource.name(), values(config))));
    return configs;
  }

  private static Map<String, String> values(Config config) {
    return config.entries().stream()
        .filter(entry -> entry.value() != null)
        .collect(Collectors.toMap(ConfigEntry::name, ConfigEntry::value));
  }

  /** What was asked for; empty if the broker refused for one of these reasons. */
  private static <T> Optional<T> told(
      String topic, KafkaFuture<T> answer, Set<Class<? extends RuntimeException>> silent) {
    try {
      return Optional.of(answer.get());
    } catch (ExecutionException e) {
      if (silent.stream().anyMatch(reason -> reason.isInstance(e.getCause()))) {
        return Optional.empty();
      }
      throw new StreamsException(
          "topic '%s' cannot be described: %s".formatted(topic, e.getCause().getMessage()),
          e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StreamsException("interrupted while topics were described", e);
    }
  }
}
