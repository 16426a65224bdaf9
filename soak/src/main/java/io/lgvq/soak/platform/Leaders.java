package io.lgvq.soak.platform;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewPartitionReassignment;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.ElectionType;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.ElectionNotNeededException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who leads the partitions of some topics. Threading: for one thread. Borrows its client.
 *
 * @param admin client for administration
 * @param topics which exist
 */
public record Leaders(Admin admin, List<String> topics) {

  private static final Logger LOG = LoggerFactory.getLogger(Leaders.class);
  private static final long RETRY_MILLIS = 200;

  /** Whether every partition of our topics is on all brokers, as far as can be told. */
  public boolean isInSync() throws InterruptedException {
    try {
      return describe().values().stream()
          .flatMap(topic -> topic.partitions().stream())
          .allMatch(partition -> partition.isr().size() == partition.replicas().size());
    } catch (ExecutionException e) {
      return false;
    }
  }

  /**
   * Gives every partition of our topics the next of its replicas as leader.
   *
   * @param patience how long to try: a broker that is not in sync, or an election under way, is a
   *     matter of time
   * @return whether it was done in time
   */
  public boolean move(Duration patience) throws InterruptedException {
    long deadline = System.nanoTime() + patience.toNanos();
    Map<TopicPartition, Optional<NewPartitionReassignment>> turned = Map.of();
    while (true) {
      try {
        // Turned once: what is turned at every try would come round to where it was.
        turned = turned.isEmpty() ? turned(describe()) : turned;
        admin.alterPartitionReassignments(turned).all().get();
        if (elect(turned.keySet())) {
          return true;
        }
      } catch (ExecutionException e) {
        LOG.info("Leaders cannot be moved yet", e);
      }
      if (System.nanoTime() > deadline) {
        return false;
      }
      Thread.sleep(RETRY_MILLIS);
    }
  }

  private boolean elect(Set<TopicPartition> partitions)
      throws InterruptedException, ExecutionException {
    return admin
        .electLeaders(ElectionType.PREFERRED, partitions)
        .partitions()
        .get()
        .values()
        .stream()
        .allMatch(
            problem -> problem.map(ElectionNotNeededException.class::isInstance).orElse(true));
  }

  private static Map<TopicPartition, Optional<NewPartitionReassignment>> turned(
      Map<String, TopicDescription> described) {
    Map<TopicPartition, Optional<NewPartitionReassignment>> turned = new HashMap<>();
    described.forEach(
        (topic, description) ->
            description
                .partitions()
                .forEach(
                    partition -> {
                      List<Integer> replicas = new ArrayList<>();
                      partition.replicas().forEach(node -> replicas.add(node.id()));
                      replicas.add(replicas.remove(0));
                      turned.put(
                          new TopicPartition(topic, partition.partition()),
                          Optional.of(new NewPartitionReassignment(replicas)));
                    }));
    return turned;
  }

  private Map<String, TopicDescription> describe() throws InterruptedException, ExecutionException {
    return admin.describeTopics(topics).allTopicNames().get();
  }
}
