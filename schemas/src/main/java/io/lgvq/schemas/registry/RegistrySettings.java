package io.lgvq.schemas.registry;

import static org.apache.kafka.common.config.ConfigDef.Importance.HIGH;
import static org.apache.kafka.common.config.ConfigDef.Importance.LOW;
import static org.apache.kafka.common.config.ConfigDef.Importance.MEDIUM;
import static org.apache.kafka.common.config.ConfigDef.Range.atLeast;

import io.lgvq.schemas.problem.SchemaConfigurationException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Type;
import org.apache.kafka.common.config.ConfigException;

/**
 * How to reach the registry, read from a Kafka client's configuration under Confluent's names.
 *
 * <p>A key may also carry the prefix {@code schema.registry.}, which then wins, as with Confluent's
 * client. Immutable. Its text form holds no secret.
 */
public final class RegistrySettings {

  /** The registry's URL, or several separated by commas. */
  public static final String URL = "schema.registry.url";

  private static final String PREFIX = "schema.registry.";

  static final ConfigDef KEYS =
      new ConfigDef()
          .define(
              URL,
              Type.LIST,
              ConfigDef.NO_DEFAULT_VALUE,
              HIGH,
              "URL of the registry, or several separated by commas: the first that answers is used until it fails.")
          .define(
              "schema.registry.connect.timeout.ms",
              Type.INT,
              5_000,
              atLeast(1),
              LOW,
              "Longest time to open a connection, in milliseconds.")
          .define(
              "schema.registry.request.timeout.ms",
              Type.INT,
              10_000,
              atLeast(1),
              LOW,
              "Longest time for one request with its whole answer, in milliseconds.")
          .define(
              "max.retries",
              Type.INT,
              3,
              atLeast(0),
              MEDIUM,
              "How often all URLs are tried again after none gave an answer.")
          .define(
              "retries.wait.ms",
              Type.INT,
              1_000,
              atLeast(0),
              LOW,
              "Wait before the first retry, in milliseconds; doubles each time, give or take a fifth.")
          .define(
              "retries.max.wait.ms",
              Type.INT,
              20_000,
              atLeast(0),
              LOW,
              "Longest wait between two retries, in milliseconds.")
          .define(
              "latest.cache.ttl.sec",
              Type.INT,
              -1,
              atLeast(-1),
              LOW,
              "How long the latest version of a subject is remembered, in seconds; -1: for ever.")
          .define(
              "basic.auth.credentials.source",
              Type.STRING,
              "URL",
              ConfigDef.ValidString.in("URL", "USER_INFO"),
              MEDIUM,
              "Where user and password stand: URL (in schema.registry.url, if at all) or USER_INFO (in basic.auth.user.info).")
          .define(
              "basic.auth.user.info",
              Type.PASSWORD,
              null,
              MEDIUM,
              "User and password as user:password.")
          .define(
              "bearer.auth.credentials.source",
              Type.STRING,
              null,
              ConfigDef.ValidString.in(null, "STATIC_TOKEN"),
              MEDIUM,
              "STATIC_TOKEN to send bearer.auth.token.")
          .define("bearer.auth.token", Type.PASSWORD, null, MEDIUM, "The token itself.");

  private final Map<String, Object> values;
  private final List<Endpoint> endpoints;
  private final Optional<SSLContext> tls;

  private RegistrySettings(Map<String, Object> values, Map<String, ?> configuration) {
    this.values = values;
    this.endpoints = Endpoint.all(values);
    this.tls = RegistryTls.context(configuration);
  }

  /**
   * Reads the settings.
   *
   * @param configuration any Kafka client's configuration
   * @return what it says about the registry
   * @throws SchemaConfigurationException naming the missing or wrong property
   */
  public static RegistrySettings from(Map<String, ?> configuration) {
    Map<String, Object> given = new HashMap<>();
    for (String key : KEYS.names()) {
      Object plain = configuration.get(key);
      Object prefixed = configuration.get(PREFIX + key);
      Object value = prefixed != null ? prefixed : plain;
      if (value != null) {
        given.put(key, value);
      }
    }
    try {
      return new RegistrySettings(KEYS.parse(given), configuration);
    } catch (ConfigException e) {
      throw new SchemaConfigurationException(e.getMessage(), e);
    }
  }

  /** The URLs in the order given, each with its own credentials; at least one. */
  List<Endpoint> endpoints() {
    return endpoints;
  }

  /** The name behind {@code memory://} or {@code mock://}, if that is where the registry lives. */
  Optional<String> inMemoryName() {
    return endpoints.get(0).inMemoryName();
  }

  /** Certificates to trust and to show, or empty for the JDK's own. */
  Optional<SSLContext> tls() {
    return tls;
  }

  Duration connectTimeout() {
    return Duration.ofMillis(number("schema.registry.connect.timeout.ms"));
  }

  Duration requestTimeout() {
    return Duration.ofMillis(number("schema.registry.request.timeout.ms"));
  }

  int retries() {
    return number("max.retries");
  }

  int firstWaitMillis() {
    return number("retries.wait.ms");
  }

  int longestWaitMillis() {
    return Math.max(firstWaitMillis(), number("retries.max.wait.ms"));
  }

  /** How long a latest version is remembered; empty for ever. */
  Optional<Duration> latestCacheTtl() {
    int seconds = number("latest.cache.ttl.sec");
    return seconds < 0 ? Optional.empty() : Optional.of(Duration.ofSeconds(seconds));
  }

  private int number(String key) {
    return (Integer) values.get(key);
  }

  @Override
  public String toString() {
    return endpoints.toString();
  }
}
