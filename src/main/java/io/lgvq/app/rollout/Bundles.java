package io.lgvq.app.rollout;

import io.lgvq.app.config.LgvqConfig;
import io.lgvq.app.rollout.RolloutFile.Known;
import io.lgvq.operators.bundle.Bundle;
import io.lgvq.operators.bundle.BundleException;
import io.lgvq.operators.rollout.LoadedBundle;
import io.lgvq.operators.rollout.Phase;
import io.lgvq.operators.rollout.Rollout;
import io.lgvq.operators.rollout.RolloutException;
import io.lgvq.operators.rollout.RolloutStatus;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.jboss.logging.Logger;

/**
 * The bundles of this process, and the steps by which one takes the place of another. Each step is
 * kept in a file, so that a restart goes on where the rollout was.
 *
 * <p>Threading: safe for any number of threads; steps are taken one after the other.
 */
@ApplicationScoped
public class Bundles {
  private static final Logger LOG = Logger.getLogger(Bundles.class);

  private final LgvqConfig config;
  private final BundleLoader loader;
  private final RolloutFile file;
  private final TokensInFlight inFlight;
  private final RolloutMetrics metrics;

  private volatile Optional<Rollout> rollout = Optional.empty();
  private Known configured;
  private Known published;
  private Optional<Known> beside = Optional.empty();
  private Instant stopped = Instant.EPOCH;

  Bundles(LgvqConfig config, Admin admin, RolloutMetrics metrics) {
    this.config = config;
    this.loader = new BundleLoader(config);
    this.file = new RolloutFile(config.streams().stateDir());
    this.inFlight = new TokensInFlight(config, admin);
    this.metrics = metrics;
  }

  /**
   * Loads the configured bundle; or those of a rollout that this process was in when it stopped.
   *
   * @throws BundleException if a bundle cannot be used; nothing stays open then
   * @throws io.lgvq.operators.engine.EngineUnavailableException if the engine cannot run here
   */
  public synchronized Rollout start() {
    RolloutStart start = RolloutStart.of(config, loader, file);
    configured = start.configured();
    published = start.published();
    beside = start.beside();
    stoppedPublishing();
    Rollout begun = start.rollout();
    rollout = Optional.of(begun);
    keep();
    metrics.show(begun);
    return begun;
  }

  /** How far the rollout is; empty before the start. */
  public Optional<RolloutStatus> status() {
    return rollout.map(Rollout::status);
  }

  /** The bundle that publishes, as name:version; empty before the start. */
  public Optional<String> publishedTitle() {
    return status().map(status -> status.published().title());
  }

  /** What the published bundle is, see {@link Bundle#fingerprint}. */
  synchronized String publishedFingerprint() {
    return published.fingerprint();
  }

  /** What the bundle beside is, if there is one. */
  synchronized Optional<String> besideFingerprint() {
    return beside.map(Known::fingerprint);
  }

  /** Where a bundle lies that is given as in the configuration. */
  Path location(Path given) {
    return loader.location(given);
  }

  /**
   * Loads a bundle beside the published one.
   *
   * @throws BundleException if it cannot be used
   * @throws RolloutException if there is no room for it
   */
  public synchronized void load(Path location) {
    Path place = loader.real(location);
    Bundle bundle = Bundle.open(place);
    Known found = Known.at(place);
    running().load(bundle.codebook(), () -> loader.load(bundle));
    beside = Optional.of(found);
    stoppedPublishing();
    done("bundle %s is loaded beside", title(bundle));
  }

  /** See {@link Rollout#publishedOnly}. */
  public synchronized void publishedOnly() {
    running().publishedOnly();
    stoppedPublishing();
    done("the published bundle works alone");
  }

  /** See {@link Rollout#shadow}. */
  public synchronized void shadow(double share) {
    running().shadow(share);
    stoppedPublishing();
    done("the bundle beside tokenizes %s of the batches in shadow", percent(share));
  }

  /** See {@link Rollout#percentage}. */
  public synchronized void percentage(double share) {
    running().percentage(share);
    done("the bundle beside publishes for %s of the keys", percent(share));
  }

  /** See {@link Rollout#switchOver}. */
  public synchronized void switchOver() {
    running().switchOver();
    swap();
    done("bundle %s publishes", publishedTitle().orElseThrow());
  }

  /** See {@link Rollout#rollBack}. */
  public synchronized void rollBack() {
    boolean back = running().status().phase() == Phase.SWITCHED;
    running().rollBack();
    if (back) {
      swap();
    }
    stoppedPublishing();
    done("rolled back: bundle %s publishes", publishedTitle().orElseThrow());
  }

  /**
   * Unloads the bundle beside.
   *
   * @param unreadToo even if heads of this process may have its tokens before them, which become
   *     dead letters
   * @throws RolloutException if there is none, if it publishes, or if its tokens may be unread
   */
  public synchronized void retire(boolean unreadToo) {
    LoadedBundle old = running().retirable();
    if (!unreadToo) {
      inFlight
          .why(stopped, Instant.now())
          .ifPresent(
              why -> {
                throw new RolloutException(
                    "Bundle %s is not retired: %s.".formatted(old.title(), why));
              });
    }
    running().retire();
    beside = Optional.empty();
    done("bundle %s is retired", old.title());
  }

  /** Frees all bundles; no stage may run any longer. */
  public synchronized void close() {
    rollout.ifPresent(Rollout::close);
    rollout = Optional.empty();
  }

  private void swap() {
    Known old = published;
    published = beside.orElseThrow();
    beside = Optional.of(old);
    stoppedPublishing();
  }

  private void stoppedPublishing() {
    stopped = Instant.now();
    inFlight.forget();
  }

  private Rollout running() {
    return rollout.orElseThrow(() -> new RolloutException("No bundle is loaded yet."));
  }

  private void done(String what, Object... arguments) {
    LOG.infof("Rollout: " + what, arguments);
    metrics.show(running());
    keep();
  }

  private void keep() {
    boolean asConfigured =
        beside.isEmpty() && published.fingerprint().equals(configured.fingerprint());
    if (asConfigured && config.bundleWatch().isEmpty()) {
      file.delete();
    } else {
      file.write(configured, published, beside, running().status());
    }
  }

  private static String title(Bundle bundle) {
    return bundle.manifest().name() + ":" + bundle.manifest().version();
  }

  private static String percent(double share) {
    return "%.4g %%".formatted(100 * share);
  }
}
