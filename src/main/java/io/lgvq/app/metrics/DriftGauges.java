package io.lgvq.app.metrics;

import io.lgvq.operators.drift.Drift;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToDoubleFunction;

/**
 * The last window of each codebook in each partition that this process watches, as gauges. They are
 * there from the first such window until the codebook's bundle is retired or the partition goes to
 * another process, which then shows its own: two processes never show the same partition.
 *
 * <p>Threading: safe for all stream threads at once.
 */
final class DriftGauges {
  private record Watched(String stage, int partition, String codebook) {}

  /** What the gauges read, and the gauges. */
  private static final class Shown {
    private volatile Drift drift;
    private volatile List<Meter> meters = List.of();

    Shown(Drift drift) {
      this.drift = drift;
    }
  }

  private final MeterRegistry registry;
  private final Map<Watched, Shown> watched = new ConcurrentHashMap<>();

  DriftGauges(MeterRegistry registry) {
    this.registry = registry;
  }

  void show(String stage, int partition, String codebook, Drift drift) {
    watched.compute(
        new Watched(stage, partition, codebook),
        (where, shown) -> shown == null ? registered(where, drift) : updated(shown, drift));
  }

  /** Takes away all of a partition. */
  void forget(String stage, int partition) {
    watched.keySet().stream()
        .filter(where -> where.stage().equals(stage) && where.partition() == partition)
        .forEach(this::forget);
  }

  /** Takes away one codebook of a partition. */
  void forget(String stage, int partition, String codebook) {
    forget(new Watched(stage, partition, codebook));
  }

  private void forget(Watched where) {
    Shown shown = watched.remove(where);
    if (shown != null) {
      shown.meters.forEach(registry::remove);
    }
  }

  private static Shown updated(Shown shown, Drift drift) {
    shown.drift = drift;
    return shown;
  }

  private Shown registered(Watched where, Drift drift) {
    Shown shown = new Shown(drift);
    Tags tags =
        Tags.of(
            "stage",
            where.stage(),
            "partition",
            Integer.toString(where.partition()),
            "codebook",
            where.codebook());
    shown.meters =
        List.of(
            gauge(shown, tags, "images", Drift::images, "Images in the last window"),
            gauge(shown, tags, "usage", Drift::usage, "Share of the codes that occur"),
            gauge(
                shown,
                tags,
                "perplexity",
                Drift::perplexity,
                "Number of equally frequent codes that would be as varied"),
            gauge(
                shown,
                tags,
                "perplexity.expected",
                Drift::expectedPerplexity,
                "Perplexity of a window of so many ordinary images"),
            gauge(
                shown,
                tags,
                "quantization.error",
                Drift::quantizationError,
                "Mean quantization error"),
            gauge(
                shown,
                tags,
                "quantization.error.shift",
                Drift::errorShift,
                "How far the error lies above that of ordinary images, in their deviations"),
            gauge(
                shown,
                tags,
                "rare.share",
                Drift::rareShare,
                "Share of codes that are rare among ordinary images"),
            gauge(
                shown,
                tags,
                "rare.share.expected",
                Drift::expectedRareShare,
                "The same share of ordinary images"),
            gauge(
                shown,
                tags,
                "divergence.bits",
                Drift::divergence,
                "Jensen-Shannon divergence from ordinary images, less what chance gives"));
    return shown;
  }

  private Meter gauge(
      Shown shown, Tags tags, String name, ToDoubleFunction<Drift> value, String description) {
    return Gauge.builder("lgvq.drift." + name, shown, now -> value.applyAsDouble(now.drift))
        .description(description)
        .tags(tags)
        .register(registry);
  }
}
