package io.lgvq.connection;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.eclipse.microprofile.config.Config;

/**
 * The properties that belong to Kafka and to the registry, not to us: handed on as they came, by
 * the application and by the command line alike.
 */
public final class ConnectionProperties {
  private static final String KAFKA = "kafka.";
  private static final String REGISTRY = "schema.registry.";

  private ConnectionProperties() {}

  /**
   * Kafka's properties without their prefix and the registry's with theirs: {@code kafka.X} becomes
   * {@code X}, {@code schema.registry.X} keeps its name. Environment variables count as well
   * ({@code KAFKA_BOOTSTRAP_SERVERS}); in them every underscore is a dot.
   */
  public static Map<String, String> of(Config config) {
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
