package io.lgvq.app.rollout;

import static io.lgvq.app.config.TestConfig.configuration;
import static org.assertj.core.api.Assertions.assertThat;

import io.lgvq.embedded.EmbeddedKafka;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TokensInFlightTest {
  private static final TopicPartition TOKENS = new TopicPartition("lgvq.tokens", 0);
  private static final Instant STOPPED = Instant.parse("2026-05-04T03:02:01Z");

  @TempDir private Path folder;

  /** Four tasks of up to a second a batch: 8 s of work, half a second to the commit, and 2 s. */
  @Test
  void shouldLetABundleGoOnceItsTokensAreCommittedReadAndWorkedOn() throws Exception {
    try (EmbeddedKafka broker = EmbeddedKafka.start(folder);
        Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
      admin
          .createTopics(
              List.of(
                  new NewTopic("lgvq.images", 4, (short) 1),
                  new NewTopic(TOKENS.topic(), 1, (short) 1)))
          .all()
          .get();
      writeTokens(broker.bootstrapServers());
      var inFlight =
          new TokensInFlight(
              configuration(Map.of("lgvq.stages", "caption", "lgvq.streams.slowest-batch", "1s")),
              admin);

      assertThat(why(inFlight, 6_000)).get().asString().contains("may not be committed yet");
      assertThat(why(inFlight, 11_000))
          .get()
          .asString()
          .contains("the stage caption has 1 records of topic lgvq.tokens before it");

      admin
          .alterConsumerGroupOffsets("lgvq-caption", Map.of(TOKENS, new OffsetAndMetadata(1)))
          .all()
          .get();
      assertThat(why(inFlight, 12_000)).get().asString().contains("may still work on them");
      assertThat(why(inFlight, 13_000)).get().asString().contains("may still work on them");
      assertThat(why(inFlight, 13_020)).isEmpty();
    }
  }

  private static Optional<String> why(TokensInFlight inFlight, long millisAfter) {
    return inFlight.why(STOPPED, STOPPED.plus(Duration.ofMillis(millisAfter)));
  }

  private static void writeTokens(String bootstrapServers) throws Exception {
    try (var producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", bootstrapServers),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      producer.send(new ProducerRecord<>(TOKENS.topic(), new byte[] {1})).get();
    }
  }
}
