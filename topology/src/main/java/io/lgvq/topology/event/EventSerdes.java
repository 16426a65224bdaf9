package io.lgvq.topology.event;

import io.lgvq.schemas.event.Answer;
import io.lgvq.schemas.event.Caption;
import io.lgvq.schemas.event.CodebookDrift;
import io.lgvq.schemas.event.ImageEvent;
import io.lgvq.schemas.event.ImageTokens;
import io.lgvq.schemas.event.Question;
import io.lgvq.schemas.event.Reconstruction;
import io.lgvq.schemas.registry.SchemaRegistry;
import io.lgvq.schemas.serde.AvroSerde;
import java.util.Map;
import org.apache.kafka.common.serialization.Serde;

/**
 * How each event is written as the value of a record. Any configured Avro serde will do: ours, or
 * the platform's own.
 *
 * <p>Threading: the serdes are used by several stream threads at once. Ownership: whoever made them
 * closes them.
 *
 * @param images for the topic of images
 * @param tokens for the topic of tokens
 * @param captions for the topic of captions
 * @param questions for the topic of questions
 * @param answers for the topic of answers
 * @param reconstructions for the topic of reconstructions
 * @param drift for the topic of drift
 */
public record EventSerdes(
    Serde<ImageEvent> images,
    Serde<ImageTokens> tokens,
    Serde<Caption> captions,
    Serde<Question> questions,
    Serde<Answer> answers,
    Serde<Reconstruction> reconstructions,
    Serde<CodebookDrift> drift) {

  /**
   * Our own Avro serdes.
   *
   * @param registry the client that all of them share
   * @param configuration any Kafka client's configuration, for instance {@code
   *     auto.register.schemas}
   */
  public static EventSerdes avro(SchemaRegistry registry, Map<String, ?> configuration) {
    return new EventSerdes(
        AvroSerde.forValues(ImageEvent.class, registry, configuration),
        AvroSerde.forValues(ImageTokens.class, registry, configuration),
        AvroSerde.forValues(Caption.class, registry, configuration),
        AvroSerde.forValues(Question.class, registry, configuration),
        AvroSerde.forValues(Answer.class, registry, configuration),
        AvroSerde.forValues(Reconstruction.class, registry, configuration),
        AvroSerde.forValues(CodebookDrift.class, registry, configuration));
  }

  /**
   * A platform's own serializers and deserializers, for instance Confluent's.
   *
   * <p>Both classes have a public constructor without parameters and are safe for use by several
   * threads once configured, as Confluent's are. Which failures are a record's fault is theirs to
   * say, see {@link EventReader}.
   *
   * @param serializer implements Kafka's {@code Serializer} of Avro records
   * @param deserializer implements Kafka's {@code Deserializer} into generated classes; it is told
   *     which by {@code specific.avro.reader} and {@code specific.avro.value.type}
   * @param configuration any Kafka client's configuration
   * @throws org.apache.kafka.common.KafkaException if a class is no such thing or cannot be made
   */
  public static EventSerdes of(
      Class<?> serializer, Class<?> deserializer, Map<String, ?> configuration) {
    PlatformSerdes platform = new PlatformSerdes(serializer, deserializer, configuration);
    return new EventSerdes(
        platform.of(ImageEvent.class),
        platform.of(ImageTokens.class),
        platform.of(Caption.class),
        platform.of(Question.class),
        platform.of(Answer.class),
        platform.of(Reconstruction.class),
        platform.of(CodebookDrift.class));
  }
}
