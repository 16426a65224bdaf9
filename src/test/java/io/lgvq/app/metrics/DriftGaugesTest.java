package io.lgvq.app.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.lgvq.operators.drift.Drift;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import org.junit.jupiter.api.Test;

class DriftGaugesTest {
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final DriftGauges gauges = new DriftGauges(registry);

  @Test
  void shouldShowTheCodebooksOfARolloutBesideEachOther() {
    gauges.show("drift", 0, "old", drift(0.5));
    gauges.show("drift", 0, "new", drift(0.25));
    gauges.show("drift", 0, "old", drift(0.75));
    gauges.show("drift", 1, "new", drift(0.125));

    assertThat(divergence("0", "old")).isEqualTo(0.75);
    assertThat(divergence("0", "new")).isEqualTo(0.25);

    gauges.forget("drift", 0, "old");
    assertThat(codebooks()).containsExactlyInAnyOrder("new", "new");
    gauges.forget("drift", 0);
    assertThat(codebooks()).containsExactly("new");
    gauges.forget("drift", 1);
    assertThat(registry.getMeters()).isEmpty();
  }

  private double divergence(String partition, String codebook) {
    return registry
        .get("lgvq.drift.divergence.bits")
        .tags("partition", partition, "codebook", codebook)
        .gauge()
        .value();
  }

  private List<String> codebooks() {
    return registry.get("lgvq.drift.divergence.bits").gauges().stream()
        .map(Gauge::getId)
        .map(id -> id.getTag("codebook"))
        .toList();
  }

  private static Drift drift(double divergence) {
    return new Drift(64, 0, 1, 1, 0, 0, 0, 0, divergence);
  }
}
