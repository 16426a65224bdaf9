package io.lgvq.topology.broker;

import static io.lgvq.topology.rig.Events.image;
import static io.lgvq.topology.rig.Pictures.file;
import static org.assertj.core.api.Assertions.assertThat;

import io.lgvq.operators.image.Fit;
import io.lgvq.operators.image.ImageIoDecoder;
import io.lgvq.operators.image.ImageLimits;
import io.lgvq.topology.claimcheck.ClaimCheck;
import io.lgvq.topology.claimcheck.ClaimCheckSettings;
import io.lgvq.topology.config.BatchSettings;
import io.lgvq.topology.config.RecordLimits;
import io.lgvq.topology.config.RetrySettings;
import io.lgvq.topology.config.StageSettings;
import io.lgvq.topology.config.TopicNames;
import io.lgvq.topology.deadletter.DeadLetters;
import io.lgvq.topology.event.EventSerdes;
import io.lgvq.topology.observe.StageListener;
import io.lgvq.topology.rig.Cluster;
import io.lgvq.topology.rig.Committed;
import io.lgvq.topology.rig.Feed;
import io.lgvq.topology.rig.RunningStage;
import io.lgvq.topology.rig.SmallModel;
import io.lgvq.topology.rig.SmallModel.PureTokenizer;
import io.lgvq.topology.stage.Stage;
import io.lgvq.topology.stage.TokenizeStage;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.streams.KafkaStreams;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Images of more bytes than the stage allows, which the topic let in. */
class OversizeOnBrokerTest {

  private static final int MOST_BYTES = 1_000_000;
  private static final int TOPIC_BYTES = MOST_BYTES + 256 * 1024;

  private final Cluster cluster = Cluster.get();
  private final EventSerdes serdes = cluster.serdes();
  private final String prefix = cluster.newPrefix();
  private final TopicNames topics = cluster.topics(prefix, 1);
  private final ImageIoDecoder decoder =
      new ImageIoDecoder(
          SmallModel.SIDE,
          SmallModel.SIDE,
          Fit.CROP,
          new ImageLimits(MOST_BYTES, 50_000_000L, 16_384, Duration.ofMinutes(1), true));

  @AfterEach
  void close() {
    decoder.close();
  }

  @Test
  void shouldDeadLetterOversizeImageWholeAndGoOn() {
    cluster.limitRecords(topics.images(), TOPIC_BYTES);
    cluster.limitRecords(topics.deadLetters(), RecordLimits.roomFor(TOPIC_BYTES));

    ConsumerRecord<String, byte[]> letter = letterOf(new byte[1_200_000], "none");

    assertThat(serdes.images().deserializer().deserialize(topics.images(), letter.value()))
        .isEqualTo(image("oversize", new byte[1_200_000]));
    assertThat(letter.headers().lastHeader(DeadLetters.VALUE_OMITTED)).isNull();
  }

  @Test
  void shouldDeadLetterWithoutValueWhatOnlyCompressedFitsItsTopic() {
    cluster.limitRecords(topics.images(), TOPIC_BYTES);
    cluster.limitRecords(topics.deadLetters(), TOPIC_BYTES);

    ConsumerRecord<String, byte[]> letter = letterOf(new byte[3_000_000], "gzip");

    assertThat(letter.value() == null).as("without its value").isTrue();
    assertThat(Integer.parseInt(header(letter, DeadLetters.VALUE_OMITTED)))
        .isGreaterThan(3_000_000);
    assertThat(header(letter, DeadLetters.TOPIC)).isEqualTo(topics.images());
    assertThat(header(letter, DeadLetters.OFFSET)).isEqualTo("1");
    assertThat(header(letter, "traceparent")).isEqualTo("oversize");
  }

  /** The dead letter of an image that was sent between two good ones. */
  private ConsumerRecord<String, byte[]> letterOf(byte[] oversize, String compression) {
    try (var feed = new Feed(cluster.bootstrapServers(), compression);
        var tokens = new Committed(cluster.bootstrapServers(), topics.tokens());
        var letters = new Committed(cluster.bootstrapServers(), topics.deadLetters());
        var stage = RunningStage.start(tokenize(), prefix, "a")) {
      send(feed, "before", file("png", 1));
      send(feed, "oversize", oversize);
      send(feed, "after", file("png", 2));

      assertThat(tokens.atLeast(2))
          .extracting(ConsumerRecord::key)
          .containsExactly("before", "after");
      ConsumerRecord<String, byte[]> letter = letters.atLeast(1).get(0);
      assertThat(letter.key()).isEqualTo("oversize");
      assertThat(header(letter, DeadLetters.REASON)).isEqualTo("image-too-many-bytes");
      assertThat(stage.state()).isEqualTo(KafkaStreams.State.RUNNING);
      return letter;
    }
  }

  private void send(Feed feed, String id, byte[] encoded) {
    feed.send(topics.images(), id, image(id, encoded), serdes.images());
    feed.flush();
  }

  private Stage tokenize() {
    return new TokenizeStage(
        new StageSettings(
            topics,
            new BatchSettings(4, Duration.ofMillis(20)),
            new RetrySettings(1, Duration.ZERO)),
        serdes,
        StageListener.none(),
        new ClaimCheck(ClaimCheckSettings.off()),
        decoder,
        new PureTokenizer());
  }

  private static String header(ConsumerRecord<?, ?> record, String name) {
    return new String(record.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
  }
}
