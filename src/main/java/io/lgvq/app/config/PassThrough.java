package io.lgvq.app.config;

import io.lgvq.connection.ConnectionProperties;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import org.eclipse.microprofile.config.Config;

/** What every client, stream and serde of Kafka and the registry is told as it came. */
@ApplicationScoped
public class PassThrough {
  private final Map<String, String> properties;

  PassThrough(Config config) {
    this.properties = Map.copyOf(ConnectionProperties.of(config));
  }

  /** Kafka's properties without their prefix and the registry's with theirs; unmodifiable. */
  public Map<String, String> properties() {
    return properties;
  }
}
