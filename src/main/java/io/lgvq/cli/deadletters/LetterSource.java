package io.lgvq.cli.deadletters;

import io.lgvq.cli.kafka.ServeProperties;
import io.lgvq.cli.shell.Failure;
import io.lgvq.topology.replay.DeadLetterTopic;
import java.util.Map;
import java.util.function.Function;
import org.apache.kafka.common.KafkaException;

/**
 * Where the dead letters are.
 *
 * @param properties of Kafka's clients
 * @param topic its name
 */
record LetterSource(Map<String, String> properties, String topic) {

  /** The topic as the properties of the application name it. */
  static LetterSource of(ServeProperties properties) {
    return new LetterSource(properties.kafka(), properties.topics().deadLetters());
  }

  /**
   * What someone makes of the topic.
   *
   * @throws Failure if it is not there, or Kafka does not answer or refuses
   */
  <T> T ask(Function<DeadLetterTopic, T> work) {
    String servers = properties.get("bootstrap.servers");
    try (DeadLetterTopic letters = new DeadLetterTopic(properties, topic)) {
      if (!letters.exists()) {
        throw new Failure(
            "Kafka at %s has no topic '%s'; lgvq.topics.prefix and lgvq.topics.dead-letters name it"
                .formatted(servers, topic));
      }
      return work.apply(letters);
    } catch (KafkaException e) {
      throw new Failure(
          "Kafka at %s (kafka.bootstrap.servers): %s".formatted(servers, sentence(e)), e);
    }
  }

  private static String sentence(KafkaException failure) {
    return failure.getCause() instanceof KafkaException cause
        ? failure.getMessage() + ": " + cause.getMessage()
        : failure.getMessage();
  }
}
