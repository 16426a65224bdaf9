package io.lgvq.app.config;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.eclipse.microprofile.config.Config;

/**
 * The properties that belong to Kafka and to the registry, not to us: handed on as they came.
 *
 * <p>{@code kafka.X} becomes {@code X} for every client, stream and serde; {@code
 * schema.registry.X} keeps its name. Environment variables count as well ({@code
 * KAFKA_BOOTSTRAP_SERVERS}); in them every underscore is a dot.
 */
@ApplicationScoped
public class PassThrough {
  private static final String KAFKA = "kafka.";
  private static final String REGISTRY = "schema.registry.";

  private final Map<String, String> properties;

  PassThrough(Config config) {
    this.properties = Map.copyOf(collect(config));
  }

  /** Kafka's properties without their prefix and the registry's with theirs; unmodifiable. */
  public Map<String, String> properties() {
    return properties;
  }

  static Map<String, String> collect(Config config) {
    Map<String, String> collected = new TreeMap<>();
    for (String given : config.getPropertyNames()) {
      String name = dotted(given);
      if (name.startsWith(KAFKA) && name.length() > KAFKA.length()) {
        config
            .getOptionalValue(name, String.class)
            .ifPresent(value -> collected.put(name.substring(KAFKA.length()), value));
      } else if (name.startsWith(REGISTRY)) {
        config.getOptionalValue(name, String.class).ifPresent(value -> collected.put(name, value));
      }
    }
    return collected;
  }

  private static String dotted(String given) {
    boolean environment = given.startsWith("KAFKA_") || given.startsWith("SCHEMA_REGISTRY_");
    return environment ? given.toLowerCase(Locale.ROOT).replace('_', '.') : given;
  }
}
