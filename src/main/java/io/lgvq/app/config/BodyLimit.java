package io.lgvq.app.config;

import io.smallrye.config.ConfigMappings.ConfigClass;
import io.smallrye.config.ConfigSourceContext;
import io.smallrye.config.ConfigSourceFactory;
import io.smallrye.config.PropertiesConfigSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.config.spi.ConfigSource;

/**
 * Lets the largest body that HTTP takes follow the largest image that we take, so that raising
 * {@code lgvq.image.max-bytes} is enough. Whoever gives the body's limit itself is heard.
 */
public final class BodyLimit implements ConfigSourceFactory {
  static final String BODY = "quarkus.http.limits.max-body-size";
  static final String IMAGE = "lgvq.image.max-bytes";

  /** For the form around an image, and for telling a sender that it is too large. */
  private static final long ROOM = 1 << 20;

  /** Below every place where an operator can write. */
  private static final int ORDINAL = 240;

  @Override
  public Iterable<ConfigSource> getConfigSources(ConfigSourceContext context) {
    long image =
        Optional.ofNullable(context.getValue(IMAGE).getValue())
            .flatMap(BodyLimit::number)
            .orElseGet(BodyLimit::standard);
    return List.of(
        new PropertiesConfigSource(
            Map.of(BODY, Long.toString(image + ROOM)), IMAGE + " and room", ORDINAL));
  }

  private static long standard() {
    return Long.parseLong(ConfigClass.configClass(LgvqConfig.class).getProperties().get(IMAGE));
  }

  /** Nothing if it is none: the configuration itself will say so in a sentence. */
  private static Optional<Long> number(String text) {
    try {
      return Optional.of(Long.parseLong(text.strip())).filter(value -> value > 0);
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }
}
