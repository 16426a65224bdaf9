package io.lgvq.schemas.registry;

import io.lgvq.schemas.problem.SchemaConfigurationException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.SslConfigs;
import org.apache.kafka.common.security.ssl.DefaultSslEngineFactory;

/**
 * TLS for the registry from {@code schema.registry.ssl.*}: the same keys, store types (JKS, PKCS12,
 * PEM) and code as Kafka's own connections use.
 */
final class RegistryTls {

  private static final String PREFIX = "schema.registry.";
  private static final ConfigDef KEYS = new ConfigDef();

  static {
    SslConfigs.addClientSslSupport(KEYS);
  }

  private RegistryTls() {}

  /** The TLS context that the configuration asks for, or empty if it asks for none. */
  static Optional<SSLContext> context(Map<String, ?> configuration) {
    Map<String, Object> given = new HashMap<>();
    for (String key : KEYS.names()) {
      Object value = configuration.get(PREFIX + key);
      if (value != null) {
        given.put(key, value);
      }
    }
    if (given.isEmpty()) {
      return Optional.empty();
    }
    if ("".equals(given.get(SslConfigs.SSL_ENDPOINT_IDENTIFICATION_ALGORITHM_CONFIG))) {
      throw new SchemaConfigurationException(
          PREFIX
              + "ssl.endpoint.identification.algorithm cannot be empty: host names are always checked.");
    }
    try (DefaultSslEngineFactory factory = new DefaultSslEngineFactory()) {
      factory.configure(KEYS.parse(given));
      return Optional.of(factory.sslContext());
    } catch (ConfigException e) {
      throw new SchemaConfigurationException(PREFIX + "ssl.*: " + e.getMessage(), e);
    } catch (KafkaException e) {
      String why = e.getCause() == null ? e.getMessage() : e.getCause().getMessage();
      throw new SchemaConfigurationException(
          PREFIX + "ssl.* does not give a usable TLS setup: " + why, e);
    }
  }
}
