package io.lgvq.topology.replay;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * What a replay asks of topics and does to them.
 *
 * <p>Threading: used by one thread. Ownership: whoever made it closes it.
 */
final class Topics implements AutoCloseable {

  private final Admin admin;
  private final Map<String, Integer> partitions = new HashMap<>();

  Topics(Map<String, String> properties) {
    this.admin = Admin.create(Map.<String, Object>copyOf(properties));
  }

  /** How many partitions a topic has, asked once; 0 if there is no such topic. */
  int partitions(String topic) {
    return partitions.computeIfAbsent(topic, this::ask);
  }

  /**
   * Makes a compacted topic of one partition, where it is not there.
   *
   * @throws KafkaException if Kafka does not let us, or if it is there and not compacted
   */
  void makeCompacted(String topic) {
    if (ask(topic) > 0) {
      requireCompacted(topic);
      return;
    }
    NewTopic made =
        new NewTopic(topic, Optional.of(1), Optional.empty())
            .configs(Map.of(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_COMPACT));
    try {
      get(admin.createTopics(List.of(made)).all());
    } catch (TopicExistsException e) {
      // Another replay was quicker.
    } catch (KafkaException e) {
      throw new KafkaException(
          "topic '%s', in which replays are noted, cannot be made; make it yourself, compacted: %s"
              .formatted(topic, e.getMessage()),
          e);
    }
  }

  /**
   * Looks at a topic if it is there, and if we may see its configuration.
   *
   * @throws KafkaException if it is not compacted, or not that alone
   */
  void requireCompacted(String topic) {
    var resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
    String policy;
    try {
      Config config = get(admin.describeConfigs(List.of(resource)).values().get(resource));
      policy = config.get(TopicConfig.CLEANUP_POLICY_CONFIG).value();
    } catch (AuthorizationException | UnknownTopicOrPartitionException e) {
      return;
    }
    if (!policy.equals(TopicConfig.CLEANUP_POLICY_COMPACT)) {
      throw new KafkaException(
          "topic '%s', in which replays are noted, has cleanup.policy %s: notes would go after a while, and what they are about be sent twice; set it to compact"
              .formatted(topic, policy));
    }
  }

  private int ask(String topic) {
    try {
      return get(admin.describeTopics(List.of(topic)).topicNameValues().get(topic))
          .partitions()
          .size();
    } catch (UnknownTopicOrPartitionException | InvalidTopicException e) {
      return 0;
    }
  }

  private static <T> T get(KafkaFuture<T> answer) {
    try {
      return answer.get();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof KafkaException kafka ? kafka : new KafkaException(e);
    } catch (InterruptedException e) {
      throw new InterruptException(e);
    }
  }

  @Override
  public void close() {
    admin.close();
  }
}
