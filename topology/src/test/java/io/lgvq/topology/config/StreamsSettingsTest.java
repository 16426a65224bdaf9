package io.lgvq.topology.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.lgvq.topology.deadletter.DeadLetters;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.streams.StreamsConfig;
import org.junit.jupiter.api.Test;

class StreamsSettingsTest {

  private static final Path STATE = Path.of("state");

  @Test
  void shouldKeepTransactionOpenOverSlowestDrain() {
    var config = config(StreamsSettings.standard("broker:9092", STATE));

    assertThat(config.getString("processing.guarantee")).isEqualTo("exactly_once_v2");
    assertThat(config.getProducerConfigs("client").get("transaction.timeout.ms")).isEqualTo(12_500);
    assertThat(config.getLong("commit.interval.ms")).isEqualTo(500);
    assertThat(config.getLong("poll.ms")).isEqualTo(10);
  }

  @Test
  void shouldNotLoseItsPartitionsToSlowestRoundOfAllTasks() {
    var settings = StreamsSettings.standard("broker:9092", STATE); // drains of up to 10 s

    assertThat(polledWithin(settings, 1)).isEqualTo(Duration.ofSeconds(300));
    assertThat(polledWithin(settings, 16)).isEqualTo(Duration.ofSeconds(640));
    assertThat(StreamsSettings.untilCommitted(Duration.ofMillis(500), Duration.ofSeconds(10), 16))
        .isEqualTo(Duration.ofMillis(322_500))
        .isLessThan(polledWithin(settings, 16));
  }

  @Test
  void shouldLetTheBrokerCompactWhatStoresInMemoryAreReadFrom() {
    var settings = StreamsSettings.standard("broker:9092", STATE);
    String name = "segment.bytes";

    assertThat(topics(config(settings.withLimits(RecordLimits.of(1 << 20)))))
        .containsEntry(name, 32 << 20);
    assertThat(topics(config(settings.withLimits(RecordLimits.of(100 << 20)))))
        .as("a segment takes the largest record")
        .containsEntry(name, 2 * RecordLimits.roomFor(100 << 20));
    assertThat(topics(config(settings(true, Map.of("topic.segment.bytes", "7000000")))))
        .containsEntry(name, "7000000");
  }

  @Test
  void shouldLetLargestRecordThrough() {
    var settings = StreamsSettings.standard("broker:9092", STATE);
    var config = config(settings.withLimits(new RecordLimits(30 << 20, 50 << 20)));
    int withHeaders = (30 << 20) + 64 * 1024;

    assertThat(config.getProducerConfigs("client"))
        .containsEntry("max.request.size", 50 << 20)
        .containsEntry("buffer.memory", 100L << 20);
    assertThat(consumer(config)).containsEntry("max.partition.fetch.bytes", withHeaders);
    assertThat(config.originalsWithPrefix("topic."))
        .containsEntry("max.message.bytes", withHeaders);
    assertThat(config.originals()).containsEntry(DeadLetters.MOST_BYTES, 50L << 20);
  }

  @Test
  void shouldMakeDeadLettersNoLargerThanTopicAndProducerTake() {
    assertThat(mostDeadLetterBytes(Map.of())).isEqualTo((1 << 20) + 64 * 1024);
    assertThat(mostDeadLetterBytes(Map.of("max.request.size", "9000000")))
        .isEqualTo((1 << 20) + 64 * 1024);
    assertThat(mostDeadLetterBytes(Map.of("max.request.size", "900000"))).isEqualTo(900_000);
    assertThat(mostDeadLetterBytes(Map.of("producer.buffer.memory", "90000"))).isEqualTo(90_000);
  }

  @Test
  void shouldLetFewLargeRecordsAndManySmallOnesWaitInMemory() {
    var settings = StreamsSettings.standard("broker:9092", STATE);
    var large = config(settings);
    var small = config(settings.withLimits(RecordLimits.of(1_000)));

    assertThat(large.getInt("buffered.records.per.partition")).isEqualTo(64);
    assertThat(consumer(large)).containsEntry("max.poll.records", 64);
    assertThat(small.getInt("buffered.records.per.partition")).isEqualTo(1_000);
    assertThat(
            config(settings(true, Map.of("max.poll.records", "7")))
                .getMainConsumerConfigs("g", "c", 1))
        .containsEntry("max.poll.records", "7");
  }

  @Test
  void shouldNameApplicationByPrefixAndStageAndMemberByInstance() {
    var settings = settings(true, Map.of());

    assertThat(settings.properties("caption").get("application.id")).isEqualTo("acme.lgvq-caption");
    assertThat(consumer(config(settings)).get("group.instance.id")).isEqualTo("pod-0-1");
  }

  @Test
  void shouldTakeAnyKafkaPropertyInPlaceOfItsOwn() {
    var config =
        config(
            settings(
                true,
                Map.of(
                    "commit.interval.ms", "100",
                    "security.protocol", "SSL",
                    "max.request.size", "7000000",
                    "buffer.memory", "70000000",
                    "transaction.timeout.ms", "77000",
                    "max.poll.interval.ms", "777000",
                    "max.partition.fetch.bytes", "7700000",
                    "group.instance.id", "mine")));

    assertThat(config.getLong("commit.interval.ms")).isEqualTo(100);
    assertThat(config.getString("security.protocol")).isEqualTo("SSL");
    assertThat(config.getProducerConfigs("client"))
        .containsEntry("max.request.size", "7000000")
        .containsEntry("buffer.memory", "70000000")
        .containsEntry("transaction.timeout.ms", "77000");
    assertThat(consumer(config))
        .containsEntry("max.poll.interval.ms", "777000")
        .containsEntry("max.partition.fetch.bytes", "7700000")
        .containsEntry("group.instance.id", "mine-1");
  }

  @Test
  void shouldPreferNarrowerOfTwoNamesThatPeopleGive() {
    var config =
        config(
            settings(
                true,
                Map.of(
                    "max.poll.interval.ms", "1000",
                    "consumer.max.poll.interval.ms", "2000",
                    "group.instance.id", "wide",
                    "main.consumer.group.instance.id", "narrow",
                    "topic.max.message.bytes", "3000")));

    assertThat(consumer(config))
        .containsEntry("max.poll.interval.ms", "2000")
        .containsEntry("group.instance.id", "narrow-1");
    assertThat(config.originalsWithPrefix("topic.")).containsEntry("max.message.bytes", "3000");
  }

  @Test
  void shouldLetNewcomersWaitForCopyOfWhatAnswersKeepAlone() {
    var answer = new StreamsConfig(settings(true, Map.of()).properties("answer"));
    var other = config(settings(true, Map.of()));
    var chosen = config(settings(true, Map.of("acceptable.recovery.lag", "7")));

    assertThat(answer.getLong("acceptable.recovery.lag")).isEqualTo(10_000);
    assertThat(answer.getLong("probing.rebalance.interval.ms")).isEqualTo(60_000);
    assertThat(other.getLong("acceptable.recovery.lag")).isEqualTo(Long.MAX_VALUE);
    assertThat(chosen.getLong("acceptable.recovery.lag")).isEqualTo(7);
  }

  @Test
  void shouldRunAtLeastOnceByChoice() {
    assertThat(config(settings(false, Map.of())).getString("processing.guarantee"))
        .isEqualTo("at_least_once");
  }

  private static StreamsSettings settings(boolean exactlyOnce, Map<String, String> overrides) {
    return new StreamsSettings(
        "broker:9092",
        "acme.",
        Optional.of("pod-0"),
        exactlyOnce,
        2,
        Duration.ofSeconds(1),
        Duration.ofSeconds(5),
        RecordLimits.of(1 << 20),
        STATE,
        overrides);
  }

  private static Duration polledWithin(StreamsSettings settings, int tasks) {
    var config = new StreamsConfig(settings.properties("caption", tasks));
    return Duration.ofMillis((Integer) consumer(config).get("max.poll.interval.ms"));
  }

  private static Map<String, Object> topics(StreamsConfig config) {
    return config.originalsWithPrefix("topic.");
  }

  private static long mostDeadLetterBytes(Map<String, String> overrides) {
    var properties = settings(true, overrides).properties("tokenize");
    return (Long) properties.get(DeadLetters.MOST_BYTES);
  }

  private static StreamsConfig config(StreamsSettings settings) {
    return new StreamsConfig(settings.properties("caption"));
  }

  private static Map<String, Object> consumer(StreamsConfig config) {
    return config.getMainConsumerConfigs("group", "client", 1);
  }
}
