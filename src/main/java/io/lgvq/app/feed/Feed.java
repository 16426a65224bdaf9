package io.lgvq.app.feed;

import io.lgvq.app.config.LgvqConfig;
import io.lgvq.app.config.Names;
import io.lgvq.schemas.event.ImageBytes;
import io.lgvq.schemas.event.ImageEvent;
import io.lgvq.schemas.event.Question;
import io.lgvq.topology.config.TopicNames;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;

/**
 * Puts images and questions into Kafka: the one way in of the REST interface.
 *
 * <p>Threading: safe for any number of threads; a call may block while the producer fetches
 * metadata or the serializer asks the registry.
 */
@ApplicationScoped
public class Feed {
  private static final String SOURCE = "rest";

  private final Producer<String, SpecificRecord> producer;
  private final TopicNames topics;

  Feed(Producer<String, SpecificRecord> producer, LgvqConfig config) {
    this.producer = producer;
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
    return send(topics.images(), id, event, headers);
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
    return send(topics.questions(), imageId, new Question(questionId, imageId, text), headers);
  }

  private CompletionStage<Void> send(
      String topic, String key, SpecificRecord value, Map<String, String> headers) {
    ProducerRecord<String, SpecificRecord> record = new ProducerRecord<>(topic, key, value);
    headers.forEach(
        (name, text) -> record.headers().add(name, text.getBytes(StandardCharsets.UTF_8)));
    CompletableFuture<Void> sent = new CompletableFuture<>();
    try {
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
