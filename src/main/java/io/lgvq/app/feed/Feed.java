package io.lgvq.app.feed;

import io.lgvq.app.config.LgvqConfig;
import io.lgvq.app.config.Names;
import io.lgvq.schemas.event.ImageBytes;
import io.lgvq.schemas.event.ImageEvent;
import io.lgvq.schemas.event.Question;
import io.lgvq.topology.config.TopicNames;
import io.lgvq.topology.event.EventSerdes;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.Serde;

/**
 * Puts images and questions into Kafka: the one way in of the REST interface.
 *
 * <p>Threading: safe for any number of threads; a call may block while the producer fetches
 * metadata or the serializer asks the registry.
 */
@ApplicationScoped
public class Feed {
  private static final String SOURCE = "rest";

  private final Producer<String, byte[]> producer;
  private final EventSerdes serdes;
  private final TopicNames topics;

  /**
   * @param producer whose records are acknowledged by all in-sync replicas
   * @param serdes write the events
   * @param config names the topics
   */
  public Feed(Producer<String, byte[]> producer, EventSerdes serdes, LgvqConfig config) {
    this.producer = producer;
    this.serdes = serdes;
    this.topics = Names.of(config.topics());
  }

  /**
   * Sends an image.
   *
   * @param id the record's key
   * @param encoded the encoded file
   * @param mediaType as declared by the sender
   * @param headers become the record's headers
   * @return completes when all in-sync replicas have the record
   */
  public CompletionStage<Void> image(
      String id, byte[] encoded, Optional<String> mediaType, Map<String, String> headers) {
    ImageEvent event =
        ImageEvent.newBuilder()
            .setImageId(id)
            .setContent(new ImageBytes(ByteBuffer.wrap(encoded)))
            .setMediaType(mediaType.orElse(null))
            .setSource(SOURCE)
            .build();
    return send(topics.images(), id, event, serdes.images(), headers);
  }

  /**
   * Sends a question.
   *
   * @param questionId identity of the question
   * @param imageId the record's key
   * @param text the question
   * @param headers become the record's headers
   * @return completes when all in-sync replicas have the record
   */
  public CompletionStage<Void> question(
      String questionId, String imageId, String text, Map<String, String> headers) {
    Question question = new Question(questionId, imageId, text);
    return send(topics.questions(), imageId, question, serdes.questions(), headers);
  }

  private <T> CompletionStage<Void> send(
      String topic, String key, T event, Serde<T> serde, Map<String, String> headers) {
    CompletableFuture<Void> sent = new CompletableFuture<>();
    try {
      Headers written = new RecordHeaders();
      headers.forEach((name, text) -> written.add(name, text.getBytes(StandardCharsets.UTF_8)));
      byte[] value = serde.serializer().serialize(topic, written, event);
      var record = new ProducerRecord<>(topic, null, key, value, written);
      Future<RecordMetadata> unused = // the callback hears of both ends
          producer.send(
              record,
              (metadata, failure) -> {
                if (failure == null) {
                  sent.complete(null);
                } else {
                  sent.completeExceptionally(failure);
                }
              });
    } catch (RuntimeException e) {
      sent.completeExceptionally(e);
    }
    return sent;
  }
}
