package io.lgvq.app.health;

import io.lgvq.app.stage.RunningStage;
import io.lgvq.app.stage.StageHost;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Liveness;

/** Down once a stage has stopped for good: only a restart helps then. */
@Liveness
@ApplicationScoped
class StagesLive implements HealthCheck {
  private final StageHost host;

  StagesLive(StageHost host) {
    this.host = host;
  }

  @Override
  public HealthCheckResponse call() {
    HealthCheckResponseBuilder response = HealthCheckResponse.named("stages-alive");
    boolean alive = true;
    for (RunningStage stage : host.stages()) {
      alive &= stage.alive();
      response.withData(stage.name(), stage.state().name());
      stage
          .failure()
          .ifPresent(
              failure ->
                  response.withData(
                      stage.name() + ".failure", failure.at() + " " + failure.reason()));
    }
    return response.status(alive).build();
  }
}
