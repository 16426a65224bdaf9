package io.lgvq.app.rollout;

import io.lgvq.app.config.LgvqConfig;
import io.lgvq.app.config.Names;
import io.lgvq.app.config.StageName;
import io.lgvq.topology.config.StreamsSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * Whether the heads of this process may have tokens before them that the bundle beside wrote, here
 * or in another process.
 *
 * <p>Nothing is read for it: once the last transaction with such tokens must have ended, the end of
 * the topic is noted, and every head's group has to have committed up to there. What a head has
 * committed it may still have pending, until its batch is worked on.
 *
 * <p>Threading: used by one thread at a time.
 */
final class TokensInFlight {
  /** What a head commits ends before the marker of the last transaction, until more is read. */
  private static final Duration ALL_BUT_MARKERS_READ = Duration.ofSeconds(5);

  private static final long PATIENCE_MS = 10_000;

  private final List<StageName> heads;
  private final Function<StageName, String> groups;
  private final String topic;
  private final String images;
  private final LgvqConfig.Streams streams;
  private final Duration pending;
  private final Admin admin;

  private Optional<Mark> mark = Optional.empty();
  private Optional<Instant> passed = Optional.empty();

  private record Mark(Instant noted, Map<TopicPartition, Long> ends) {}

  TokensInFlight(LgvqConfig config, Admin admin) {
    this.heads = config.stages().stream().filter(each -> each != StageName.TOKENIZE).toList();
    String prefix = config.topics().prefix().orElse("");
    this.groups = stage -> prefix + "lgvq-" + stage.id();
    this.topic = Names.of(config.topics()).tokens();
    this.images = Names.of(config.topics()).images();
    this.streams = config.streams();
    this.pending = config.batch().linger().plus(config.streams().slowestBatch());
    this.admin = admin;
  }

  /** Forgets what was noted: the bundle published again. */
  void forget() {
    mark = Optional.empty();
    passed = Optional.empty();
  }

  /**
   * Why there may be such tokens, in a sentence; empty if there are none.
   *
   * @param stopped when the bundle stopped to publish
   */
  Optional<String> why(Instant stopped, Instant now) {
    if (heads.isEmpty()) {
      return Optional.empty();
    }
    Duration least = left(stopped, untilCommitted(1), now);
    return least.toMillis() > 0 ? Optional.of(uncommitted(least)) : whyByKafka(stopped, now);
  }

  private Optional<String> whyByKafka(Instant stopped, Instant now) {
    try {
      if (mark.isEmpty()) {
        Duration left = left(stopped, untilCommitted(tasks()), now);
        if (left.toMillis() > 0) {
          return Optional.of(uncommitted(left));
        }
        mark = Optional.of(new Mark(now, ends()));
      }
      Mark noted = mark.get();
      long markers =
          Duration.between(noted.noted(), now).compareTo(ALL_BUT_MARKERS_READ) > 0 ? 1 : 0;
      for (StageName head : heads) {
        long unread = unread(head, noted.ends(), markers);
        if (unread > 0) {
          return Optional.of(
              "the stage %s has %d records of topic %s before it that may be its tokens; ask again in some seconds"
                  .formatted(head.id(), unread, topic));
        }
      }
      if (passed.isEmpty()) {
        passed = Optional.of(now);
      }
      Duration working = left(passed.get(), pending, now);
      return working.toMillis() > 0
          ? Optional.of(
              "the heads have read its tokens and may still work on them; ask again in %d s"
                  .formatted(working.toSeconds() + 1))
          : Optional.empty();
    } catch (ExecutionException | TimeoutException e) {
      return Optional.of("Kafka does not tell what its heads have read: " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.of("asking Kafka was interrupted");
    }
  }

  private static Duration left(Instant from, Duration wait, Instant now) {
    return Duration.between(now, from.plus(wait));
  }

  private static String uncommitted(Duration left) {
    return "its last tokens may not be committed yet; ask again in %d s"
        .formatted(left.toSeconds() + 1);
  }

  /** How long tokens that a stage was about to make may take until they are committed. */
  private Duration untilCommitted(int tasks) {
    return StreamsSettings.untilCommitted(streams.commitInterval(), streams.slowestBatch(), tasks);
  }

  /** Most that a thread that tokenizes may have; where there are no images, nobody does. */
  private int tasks() throws ExecutionException, InterruptedException, TimeoutException {
    try {
      return get(admin.describeTopics(List.of(images)).topicNameValues().get(images))
          .partitions()
          .size();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof UnknownTopicOrPartitionException) {
        return 1;
      }
      throw e;
    }
  }

  private Map<TopicPartition, Long> ends()
      throws ExecutionException, InterruptedException, TimeoutException {
    Map<TopicPartition, OffsetSpec> latest =
        get(admin.describeTopics(List.of(topic)).topicNameValues().get(topic)).partitions().stream()
            .collect(
                Collectors.toMap(
                    info -> new TopicPartition(topic, info.partition()),
                    info -> OffsetSpec.latest()));
    Map<TopicPartition, ListOffsetsResultInfo> found = get(admin.listOffsets(latest).all());
    return found.entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, each -> each.getValue().offset()));
  }

  private long unread(StageName head, Map<TopicPartition, Long> ends, long markers)
      throws ExecutionException, InterruptedException, TimeoutException {
    Map<TopicPartition, OffsetAndMetadata> committed =
        get(admin.listConsumerGroupOffsets(groups.apply(head)).partitionsToOffsetAndMetadata());
    long unread = 0;
    for (var end : ends.entrySet()) {
      OffsetAndMetadata read = committed.get(end.getKey());
      long left = end.getValue() - (read == null ? 0 : read.offset());
      unread += left <= markers ? 0 : left;
    }
    return unread;
  }

  private static <T> T get(KafkaFuture<T> answer)
      throws ExecutionException, InterruptedException, TimeoutException {
    return answer.get(PATIENCE_MS, TimeUnit.MILLISECONDS);
  }
}
