package io.lgvq.topology.plan;

import java.util.OptionalLong;
import java.util.stream.Stream;
import org.apache.kafka.common.config.TopicConfig;

/** What is left when a broker fails. */
final class ReplicationRule {

  private ReplicationRule() {}

  static Stream<Finding> findings(Surveyed surveyed) {
    return Stream.concat(surveyed.all(), surveyed.notes())
        .flatMap(topic -> Stream.concat(copies(topic), election(topic)));
  }

  private static Stream<Finding> copies(ObservedTopic topic) {
    OptionalLong inSync = topic.number(TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG);
    long least = inSync.orElse(1);
    int replicas = topic.replication();
    if (least > replicas) {
      return Stream.of(
          Finding.error(
              topic.name(),
              "Topic '%s' wants %d replicas in sync (min.insync.replicas) and has %d: every write of a stage is refused. Set min.insync.replicas to %d, or give it more replicas.",
              topic.name(),
              least,
              replicas,
              Math.max(1, replicas - 1)));
    }
    if (replicas == 1) {
      return Stream.of(
          Finding.warning(
              topic.name(),
              "Topic '%s' has one replica: its records are lost with that broker's disk, and stages stand still while it is down. Give it 3 where there are as many brokers.",
              topic.name()));
    }
    if (least == replicas) {
      return Stream.of(
          Finding.warning(
              topic.name(),
              "Topic '%s' wants all of its %d replicas in sync (min.insync.replicas): one broker that is down stops every stage that writes to it. Set min.insync.replicas to %d.",
              topic.name(),
              replicas,
              replicas - 1));
    }
    if (inSync.isPresent() && least == 1 && replicas > 2) {
      return Stream.of(
          Finding.warning(
              topic.name(),
              "Topic '%s' takes a record as written when one replica has it (min.insync.replicas 1): it is lost if that broker fails next. Set min.insync.replicas to 2.",
              topic.name()));
    }
    return Stream.empty();
  }

  private static Stream<Finding> election(ObservedTopic topic) {
    boolean unclean =
        topic
            .text(TopicConfig.UNCLEAN_LEADER_ELECTION_ENABLE_CONFIG)
            .filter("true"::equals)
            .isPresent();
    return unclean && topic.replication() > 1
        ? Stream.of(
            Finding.error(
                topic.name(),
                "Topic '%s' lets a replica lead that lacks records (unclean.leader.election.enable): records are lost when brokers fail. Set it to false.",
                topic.name()))
        : Stream.empty();
  }
}
