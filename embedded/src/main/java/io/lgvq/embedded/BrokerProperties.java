package io.lgvq.embedded;

import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** What all embedded brokers have in common: Kafka's own server, made small. */
final class BrokerProperties {

  private BrokerProperties() {}

  /**
   * Properties of a node that is broker and controller, without its listeners and its quorum.
   *
   * @param node its id, 1 or more
   * @param directory for logs and metadata
   * @param replicas how many nodes keep each partition
   * @param inSync how many of them must have a record before it counts as written
   */
  static Map<String, String> small(int node, Path directory, int replicas, int inSync) {
    String copies = Integer.toString(replicas);
    String written = Integer.toString(inSync);
    Map<String, String> properties = new TreeMap<>();
    properties.put("node.id", Integer.toString(node));
    properties.put("process.roles", "broker,controller");
    properties.put("controller.listener.names", "CONTROLLER");
    properties.put("log.dirs", directory.toString());
    properties.put("auto.create.topics.enable", "false");
    properties.put("message.max.bytes", Integer.toString(24 << 20));
    properties.put("replica.fetch.max.bytes", Integer.toString(24 << 20));
    properties.put("offsets.topic.replication.factor", copies);
    properties.put("offsets.topic.num.partitions", "4");
    properties.put("transaction.state.log.replication.factor", copies);
    properties.put("transaction.state.log.min.isr", written);
    properties.put("transaction.state.log.num.partitions", "4");
    properties.put("share.coordinator.state.topic.replication.factor", copies);
    properties.put("share.coordinator.state.topic.min.isr", written);
    properties.put("default.replication.factor", copies);
    properties.put("min.insync.replicas", written);
    properties.put("group.initial.rebalance.delay.ms", "0");
    // Kafka's default preallocates 128 MiB for the cleaner and large index files for every segment.
    properties.put("log.cleaner.dedupe.buffer.size", "2097152");
    properties.put("log.index.size.max.bytes", "1048576");
    properties.put("num.network.threads", "2");
    properties.put("num.io.threads", "4");
    properties.put("background.threads", "2");
    return properties;
  }
}
