package io.lgvq.app.health;

import io.lgvq.app.results.ResultsReader;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;

/** Down once the thread that reads results has died of an error: only a restart helps then. */
@Liveness
@ApplicationScoped
class ResultsLive implements HealthCheck {
  private final ResultsReader reader;

  ResultsLive(ResultsReader reader) {
    this.reader = reader;
  }

  @Override
  public HealthCheckResponse call() {
    return HealthCheckResponse.named("results-alive").status(reader.alive()).build();
  }
}
