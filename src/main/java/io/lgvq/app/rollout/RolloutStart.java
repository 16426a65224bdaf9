package io.lgvq.app.rollout;

import io.lgvq.app.config.LgvqConfig;
import io.lgvq.app.rollout.RolloutFile.Kept;
import io.lgvq.app.rollout.RolloutFile.Known;
import io.lgvq.operators.bundle.Bundle;
import io.lgvq.operators.bundle.BundleException;
import io.lgvq.operators.rollout.Phase;
import io.lgvq.operators.rollout.Rollout;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What a process starts with: the configured bundle, or the bundles of a rollout that it was in
 * when it stopped.
 *
 * @param rollout with its bundles loaded
 * @param configured the bundle of the configuration
 * @param published the bundle that publishes
 * @param beside the other one
 */
record RolloutStart(Rollout rollout, Known configured, Known published, Optional<Known> beside) {

  /**
   * Loads the bundles.
   *
   * @throws BundleException if one cannot be used; nothing stays open then
   */
  static RolloutStart of(LgvqConfig config, BundleLoader loader, RolloutFile file) {
    Known configured = Known.at(loader.location(config.bundle()));
    boolean watched = config.bundleWatch().isPresent();
    Optional<Kept> kept = file.read().filter(each -> goesOn(each, configured, watched));
    if (kept.isPresent()) {
      Kept before = kept.get();
      return new RolloutStart(
          resumed(before, loader, file.place()), configured, before.published(), before.beside());
    }
    Known published = new Known(loader.real(config.bundle()), configured.fingerprint());
    Rollout begun = new Rollout(loader.load(Bundle.open(published.location())));
    return new RolloutStart(begun, configured, published, Optional.empty());
  }

  /** A rollout goes on unless somebody has configured another bundle since. */
  private static boolean goesOn(Kept kept, Known configured, boolean watched) {
    boolean sameName = kept.configured().location().equals(configured.location());
    // Where the location is watched, another bundle there is found and rolled out, not started
    // with.
    return kept.configured().equals(configured)
        || (sameName && watched && kept.missing().isEmpty());
  }

  private static Rollout resumed(Kept kept, BundleLoader loader, Path file) {
    kept.missing()
        .ifPresent(
            place -> {
              throw new BundleException(
                  "a rollout was under way, and its bundle at %s is gone or another one; put it back, or delete %s to start with lgvq.bundle alone"
                      .formatted(place, file));
            });
    boolean switched = kept.phase() == Phase.SWITCHED;
    Known first = switched ? kept.beside().orElseThrow() : kept.published();
    Optional<Known> second = switched ? Optional.of(kept.published()) : kept.beside();
    Rollout again = new Rollout(loader.load(Bundle.open(first.location())));
    try {
      second
          .map(known -> Bundle.open(known.location()))
          .ifPresent(bundle -> again.load(bundle.codebook(), () -> loader.load(bundle)));
      switch (kept.phase()) {
        case SHADOW -> again.shadow(kept.share());
        case PERCENTAGE -> again.percentage(kept.share());
        case SWITCHED -> again.switchOver();
        case SINGLE, BESIDE -> {}
      }
      return again;
    } catch (RuntimeException e) {
      again.close();
      throw e;
    }
  }
}
