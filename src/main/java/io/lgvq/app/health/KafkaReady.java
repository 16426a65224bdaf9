package io.lgvq.app.health;

import io.lgvq.app.stage.StageHost;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Up when Kafka answers and every topic that this process uses is there. */
@Readiness
@ApplicationScoped
class KafkaReady implements HealthCheck {
  private final Probe<List<String>> missingTopics;

  KafkaReady(StageHost host) {
    this.missingTopics = new Probe<>(host::missingTopics);
  }

  @Override
  public HealthCheckResponse call() {
    var response = HealthCheckResponse.named("kafka");
    Probe.Outcome<List<String>> outcome = missingTopics.outcome();
    outcome.failure().ifPresent(reason -> response.withData("reason", reason));
    List<String> missing = outcome.value().orElse(List.of());
    if (!missing.isEmpty()) {
      response.withData("missing-topics", String.join(",", missing));
    }
    return response.status(outcome.failure().isEmpty() && missing.isEmpty()).build();
  }
}
