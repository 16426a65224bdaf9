package io.lgvq.app.health;

import io.lgvq.app.stage.RunningStage;
import io.lgvq.app.stage.StageHost;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/** Up when the model is loaded and every chosen stage works on its partitions. */
@Readiness
@ApplicationScoped
class StagesReady implements HealthCheck {
  private final StageHost host;

  StagesReady(StageHost host) {
    this.host = host;
  }

  @Override
  public HealthCheckResponse call() {
    HealthCheckResponseBuilder response = HealthCheckResponse.named("stages-running");
    boolean running = !host.stages().isEmpty();
    for (RunningStage stage : host.stages()) {
      running &= stage.running();
      response.withData(stage.name(), stage.state().name());
    }
    host.bundle().ifPresent(bundle -> response.withData("bundle", bundle));
    return response.status(running).build();
  }
}
