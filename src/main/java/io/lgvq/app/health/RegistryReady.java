package io.lgvq.app.health;

import io.lgvq.schemas.registry.SchemaRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Up when the Schema Registry answers and accepts our credentials. */
@Readiness
@ApplicationScoped
class RegistryReady implements HealthCheck {
  private final Probe<Boolean> registry;

  RegistryReady(SchemaRegistry registry) {
    this.registry =
        new Probe<>(
            () -> {
              registry.probe();
              return true;
            });
  }

  @Override
  public HealthCheckResponse call() {
    var response = HealthCheckResponse.named("schema-registry");
    Probe.Outcome<Boolean> outcome = registry.outcome();
    outcome.failure().ifPresent(reason -> response.withData("reason", reason));
    return response.status(outcome.failure().isEmpty()).build();
  }
}
