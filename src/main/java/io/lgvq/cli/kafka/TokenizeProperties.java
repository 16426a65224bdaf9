package io.lgvq.cli.kafka;

import io.lgvq.cli.shell.Failure;
import io.lgvq.connection.SerdeClasses;
import io.lgvq.operators.image.ImageLimits;
import io.lgvq.schemas.registry.SchemaRegistry;
import io.lgvq.topology.claimcheck.ClaimCheckSettings;
import io.lgvq.topology.config.DeadLetterSettings;
import io.lgvq.topology.event.EventSerdes;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the stage {@code tokenize} of {@code serve} is told about images, references, dead letters
 * and serializers, for commands that do its work without it: what one of them accepts, the other
 * must accept, too.
 *
 * <p>Every method throws {@link Failure} if a property is out of its range. Threading: immutable.
 *
 * @param properties all that is set
 */
public record TokenizeProperties(ServeProperties properties) {

  /** {@code lgvq.image.*}. */
  public ImageLimits images() {
    ImageLimits standard = ImageLimits.standard();
    Duration timeout =
        properties.value("lgvq.image.timeout", Duration.class).orElse(standard.timeout());
    return new ImageLimits(
        Math.toIntExact(atLeast(1, "lgvq.image.max-bytes", standard.maxBytes())),
        atLeast(1, "lgvq.image.max-pixels", standard.maxPixels()),
        Math.toIntExact(atLeast(1, "lgvq.image.max-side", standard.maxSide())),
        positive("lgvq.image.timeout", timeout),
        properties
            .value("lgvq.image.reject-mislabelled", Boolean.class)
            .orElse(standard.rejectMislabelled()));
  }

  /** {@code lgvq.claim-check.*}. */
  public ClaimCheckSettings references() {
    Set<String> schemes = all("lgvq.claim-check.schemes");
    try {
      ClaimCheckSettings standard =
          ClaimCheckSettings.allowing(schemes, all("lgvq.claim-check.hosts"));
      Duration timeout =
          properties.value("lgvq.claim-check.timeout", Duration.class).orElse(standard.timeout());
      return new ClaimCheckSettings(
          standard.schemes(),
          standard.hosts(),
          images().maxBytes(),
          standard.connectTimeout(),
          positive("lgvq.claim-check.timeout", timeout),
          standard.retry());
    } catch (IllegalArgumentException e) {
      throw new Failure("lgvq.claim-check.schemes: " + e.getMessage() + ".", e);
    }
  }

  /** {@code lgvq.dead-letters.*}. */
  public DeadLetterSettings deadLetters() {
    String most = "lgvq.dead-letters.max-value-bytes";
    return properties.value(most, Integer.class).isEmpty()
        ? DeadLetterSettings.whole()
        : new DeadLetterSettings(Math.toIntExact(atLeast(0, most, 0)));
  }

  /** {@code lgvq.serde.*}: classes of your platform, or ours. */
  public EventSerdes serdes() {
    Optional<String> serializer = properties.value("lgvq.serde.serializer", String.class);
    Optional<String> deserializer = properties.value("lgvq.serde.deserializer", String.class);
    Map<String, String> kafka = properties.kafka();
    if (serializer.isEmpty() && deserializer.isEmpty()) {
      return EventSerdes.avro(SchemaRegistry.connect(kafka), kafka);
    }
    Optional<Path> jars = properties.value("lgvq.serde.jars", String.class).map(Path::of);
    return new SerdeClasses(jars, Failure::new).serdes(serializer, deserializer, kafka);
  }

  private Set<String> all(String list) {
    return properties
        .value(list, String[].class)
        .map(all -> Set.copyOf(List.of(all))) // may hold one twice
        .orElse(Set.of());
  }

  private long atLeast(long least, String property, Number standard) {
    Class<? extends Number> type = standard.getClass();
    long value =
        properties.value(property, type).map(Number::longValue).orElse(standard.longValue());
    if (value < least) {
      throw new Failure("%s must be at least %d but is %d.".formatted(property, least, value));
    }
    return value;
  }

  private static Duration positive(String property, Duration value) {
    if (value.toMillis() < 1) {
      throw new Failure("%s must be at least 1 ms but is %s.".formatted(property, value));
    }
    return value;
  }
}
