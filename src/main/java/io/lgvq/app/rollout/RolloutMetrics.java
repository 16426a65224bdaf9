package io.lgvq.app.rollout;

import io.lgvq.operators.rollout.LoadedBundle;
import io.lgvq.operators.rollout.Phase;
import io.lgvq.operators.rollout.Rollout;
import io.lgvq.operators.rollout.RolloutStatus;
import io.lgvq.operators.rollout.ShadowReport;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/**
 * Which bundles are loaded, which publishes, and what differs in shadow; {@code docs/metrics.md}
 * lists the figures. Those of a shadow are {@code NaN} while there is none.
 *
 * <p>Threading: safe for any number of threads.
 */
@ApplicationScoped
class RolloutMetrics {
  private final MeterRegistry registry;
  private final MultiGauge bundles;
  private volatile Optional<Rollout> shown = Optional.empty();

  RolloutMetrics(MeterRegistry registry) {
    this.registry = registry;
    this.bundles =
        MultiGauge.builder("lgvq.bundle.info")
            .description("1 for each loaded bundle, by its role: published or beside")
            .register(registry);
  }

  /** Shows a rollout as it is; called after each of its steps. */
  synchronized void show(Rollout rollout) {
    if (shown.isEmpty()) {
      register();
    }
    shown = Optional.of(rollout);
    RolloutStatus status = rollout.status();
    List<MultiGauge.Row<?>> rows = new ArrayList<>();
    rows.add(row(status.published(), "published"));
    status.beside().ifPresent(bundle -> rows.add(row(bundle, "beside")));
    bundles.register(rows, true);
  }

  private static MultiGauge.Row<?> row(LoadedBundle bundle, String role) {
    return MultiGauge.Row.of(
        Tags.of("bundle", bundle.title(), "codebook", bundle.codebook().digest(), "role", role), 1);
  }

  private void register() {
    gauge(
        "lgvq.bundles.loaded",
        "Bundles whose models are in memory",
        Tags.empty(),
        RolloutStatus::inMemory);
    gauge(
        "lgvq.rollout.share",
        "Share of the keys for which the bundle beside publishes, 0 to 1",
        Tags.empty(),
        status -> status.phase() == Phase.PERCENTAGE ? status.share() : 0);
    shadow("batches", "Batches that both bundles tokenized", Tags.empty(), ShadowReport::batches);
    shadow(
        "failures",
        "Batches on which the bundle beside failed",
        Tags.empty(),
        ShadowReport::failures);
    shadow(
        "equal.codes",
        "Share of places with equal codes, 0 to 1; NaN where the codebooks differ",
        Tags.empty(),
        report -> report.equalCodes().orElse(Double.NaN));
    sides("published", ShadowReport::published);
    sides("beside", ShadowReport::beside);
  }

  private void sides(String role, Function<ShadowReport, ShadowReport.Side> side) {
    Tags tags = Tags.of("role", role);
    shadow(
        "quantization.error",
        "Mean squared distance between features and codes",
        tags,
        report -> side.apply(report).quantizationError());
    shadow(
        "perplexity", "Perplexity of the codes", tags, report -> side.apply(report).perplexity());
    shadow("codes.used", "Codes that came up", tags, report -> side.apply(report).codesUsed());
    shadow(
        "image.seconds",
        "Time of an image in the engine",
        tags,
        report -> side.apply(report).secondsPerImage());
  }

  private void shadow(
      String name, String description, Tags tags, ToDoubleFunction<ShadowReport> figure) {
    gauge(
        "lgvq.shadow." + name,
        description,
        tags,
        status -> status.shadow().map(figure::applyAsDouble).orElse(Double.NaN));
  }

  private void gauge(
      String name, String description, Tags tags, ToDoubleFunction<RolloutStatus> figure) {
    Gauge.builder(
            name, () -> shown.map(Rollout::status).map(figure::applyAsDouble).orElse(Double.NaN))
        .description(description)
        .tags(tags)
        .register(registry);
  }
}
