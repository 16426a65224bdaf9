package io.lgvq.app.rollout;

import io.lgvq.app.config.LgvqConfig;
import io.lgvq.operators.bundle.Bundle;
import io.lgvq.operators.bundle.BundleException;
import io.lgvq.operators.rollout.Phase;
import io.lgvq.operators.rollout.RolloutException;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * Looks at the bundle's location ({@code lgvq.bundle-watch}) and rolls out what it finds there: the
 * new bundle is loaded beside, publishes after {@code lgvq.rollout.settle}, and the old one is
 * retired after {@code lgvq.rollout.retire-after}. A rollout that somebody else moves meanwhile is
 * left to them.
 *
 * <p>Threading: one thread of its own.
 */
@ApplicationScoped
class BundleWatch {
  private static final Logger LOG = Logger.getLogger(BundleWatch.class);

  /** After the stages' own start, whose bundle it compares with. */
  private static final int AFTER_THE_STAGES = 3_000;

  private final LgvqConfig config;
  private final Bundles bundles;
  private final Clock clock;
  private final ScheduledExecutorService looking =
      Executors.newSingleThreadScheduledExecutor(work -> new Thread(work, "bundle-watch"));

  private String there = "";
  private String seen = "";
  private Phase mine = Phase.SINGLE;
  private Instant since = Instant.EPOCH;
  private String said = "";

  @Inject
  BundleWatch(LgvqConfig config, Bundles bundles) {
    this(config, bundles, Clock.systemUTC());
  }

  BundleWatch(LgvqConfig config, Bundles bundles, Clock clock) {
    this.config = config;
    this.bundles = bundles;
    this.clock = clock;
  }

  void start(@Observes @Priority(AFTER_THE_STAGES) StartupEvent event) {
    config
        .bundleWatch()
        .ifPresent(
            every -> {
              begin();
              looking.scheduleWithFixedDelay(
                  this::look, every.toMillis(), every.toMillis(), TimeUnit.MILLISECONDS);
            });
  }

  void stop(@Observes ShutdownEvent event) {
    looking.shutdownNow();
  }

  /** Takes what is loaded for what was seen, and goes on with a rollout that a stop interrupted. */
  void begin() {
    Phase now = bundles.status().orElseThrow().phase();
    String there = Bundle.fingerprint(bundles.location(config.bundle()));
    boolean published = there.equals(bundles.publishedFingerprint());
    boolean beside = bundles.besideFingerprint().filter(there::equals).isPresent();
    seen = beside ? there : bundles.publishedFingerprint();
    if ((now == Phase.BESIDE && beside) || (now == Phase.SWITCHED && published)) {
      moved(now);
    }
  }

  /**
   * One look. What fails is said once and tried again at the next; save an error of the JVM, such
   * as a bundle that its memory has no room for, which is not tried again until another lies there.
   */
  void look() {
    try {
      step();
      said = "";
    } catch (BundleException | RolloutException e) {
      say(e.getMessage());
    } catch (RuntimeException e) {
      say("the bundle's location cannot be watched: " + e);
    } catch (Error e) {
      // Let through, it would end the looking for good, and nobody would hear of it.
      seen = there;
      say(
          "the bundle that lies there is left alone until another does, for this process cannot take it: "
              + e);
    }
  }

  private void step() {
    Phase now = bundles.status().orElseThrow().phase();
    if (now != mine) {
      mine = Phase.SINGLE; // somebody else has moved it
    }
    there = Bundle.fingerprint(bundles.location(config.bundle()));
    if (!there.equals(seen)) {
      if (now != Phase.SINGLE) {
        throw new RolloutException(
            "another bundle lies at lgvq.bundle, and waits until the rollout that is under way has ended");
      }
      bundles.load(config.bundle());
      seen = there;
      moved(Phase.BESIDE);
    } else if (mine == Phase.BESIDE && waited(config.rollout().settle())) {
      bundles.switchOver();
      moved(Phase.SWITCHED);
    } else if (mine == Phase.SWITCHED && waited(config.rollout().retireAfter())) {
      bundles.retire(false);
      moved(Phase.SINGLE);
    }
  }

  private boolean waited(Duration time) {
    return !clock.instant().isBefore(since.plus(time));
  }

  private void moved(Phase phase) {
    mine = phase;
    since = clock.instant();
  }

  private void say(String sentence) {
    if (!sentence.equals(said)) {
      LOG.warnf("Watching lgvq.bundle: %s", sentence);
      said = sentence;
    }
  }
}
