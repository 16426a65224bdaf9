package io.lgvq.topology.plan;

import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.kafka.clients.admin.NewTopic;

/**
 * A topic as it should be made.
 *
 * @param name as it stands on the broker
 * @param partitions 1 or more
 * @param replication replicas of each partition; the broker's default if empty
 * @param configs Kafka's own properties of the topic, sorted; the broker's default for all others
 */
public record PlannedTopic(
    String name, int partitions, Optional<Short> replication, Map<String, String> configs) {

  /** Keeps a sorted copy. */
  public PlannedTopic {
    configs = Collections.unmodifiableMap(new TreeMap<>(configs));
  }

  /** What Kafka's Admin is asked for. */
  public NewTopic newTopic() {
    return new NewTopic(name, Optional.of(partitions), replication).configs(configs);
  }

  PlannedTopic withPartitions(int others) {
    return new PlannedTopic(name, others, replication, configs);
  }

  /** The same with another value of a property. */
  public PlannedTopic with(String config, String value) {
    Map<String, String> changed = new TreeMap<>(configs);
    changed.put(config, value);
    return new PlannedTopic(name, partitions, replication, changed);
  }
}
