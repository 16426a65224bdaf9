package io.lgvq.topology.plan;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A topic as it stands on the broker.
 *
 * @param name its name
 * @param partitions how many it has
 * @param replication replicas of the partition that has the fewest
 * @param configs Kafka's properties in force, defaults included; empty where we may not see them
 */
public record ObservedTopic(
    String name, int partitions, int replication, Map<String, String> configs) {

  /** Keeps a copy. */
  public ObservedTopic {
    configs = Map.copyOf(configs);
  }

  /** A property in force, if the broker tells it. */
  public Optional<String> text(String config) {
    return Optional.ofNullable(configs.get(config));
  }

  /** A property in force that is a number, if the broker tells it. */
  public OptionalLong number(String config) {
    return text(config).map(Long::parseLong).map(OptionalLong::of).orElseGet(OptionalLong::empty);
  }
}
