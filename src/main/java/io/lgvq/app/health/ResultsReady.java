package io.lgvq.app.health;

import io.lgvq.app.config.LgvqConfig;
import io.lgvq.app.results.ResultsReader;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Down while results cannot be read: REST would say of every image that it has none. */
@Readiness
@ApplicationScoped
class ResultsReady implements HealthCheck {
  private final ResultsReader reader;
  private final boolean wanted;

  ResultsReady(ResultsReader reader, LgvqConfig config) {
    this.reader = reader;
    this.wanted = config.rest().results();
  }

  @Override
  public HealthCheckResponse call() {
    var response = HealthCheckResponse.named("results-read");
    if (!wanted) {
      return response.withData("results", "off").up().build();
    }
    reader.trouble().ifPresent(reason -> response.withData("reason", reason));
    return response.status(reader.trouble().isEmpty()).build();
  }
}
