package io.lgvq.app.stage;

import io.lgvq.app.config.LgvqConfig;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Ranges that types cannot say. Every sentence names the property that it is about. */
final class ConfigCheck {
  private static final Set<String> FETCHABLE = Set.of("http", "https");

  private ConfigCheck() {}

  /**
   * Looks at every property that has a range, and at the names of variables in the environment.
   *
   * @throws StartException about the first one outside of it, or about names that nobody reads
   */
  static void check(LgvqConfig config, Map<String, String> environment) {
    EnvironmentCheck.check(environment);
    check(config);
  }

  private static void check(LgvqConfig config) {
    require(!config.stages().isEmpty(), "lgvq.stages must name one stage at least");
    require(
        new HashSet<>(config.stages()).size() == config.stages().size(),
        "lgvq.stages names a stage twice: " + config.stages());
    atLeast("lgvq.engine-threads", config.engineThreads(), 1);
    atLeast("lgvq.gpu.device", config.gpu().device(), 0);
    atLeast("lgvq.streams.threads", config.streams().threads(), 1);
    positive("lgvq.streams.commit-interval", config.streams().commitInterval());
    positive("lgvq.streams.slowest-batch", config.streams().slowestBatch());
    positive("lgvq.start-wait", config.startWait());
    positive("lgvq.shutdown-grace", config.shutdownGrace());
    atLeast("lgvq.topics.partitions", config.topics().partitions(), 1);
    atLeast("lgvq.batch.max-batch", config.batch().maxBatch(), 1);
    positive("lgvq.batch.linger", config.batch().linger());
    config
        .deadLetters()
        .maxValueBytes()
        .ifPresent(most -> atLeast("lgvq.dead-letters.max-value-bytes", most, 0));
    atLeast("lgvq.image.max-bytes", config.image().maxBytes(), 1);
    atLeast("lgvq.image.max-pixels", config.image().maxPixels(), 1);
    atLeast("lgvq.image.max-side", config.image().maxSide(), 1);
    positive("lgvq.image.timeout", config.image().timeout());
    atLeast("lgvq.caption.beam", config.caption().beam(), 1);
    positive("lgvq.answer.tokens-retention", config.answer().tokensRetention());
    positive("lgvq.answer.question-wait", config.answer().questionWait());
    atLeast("lgvq.answer.max-length", config.answer().maxLength(), 1);
    positive("lgvq.drift.window", config.drift().window());
    atLeast("lgvq.drift.least-images", config.drift().leastImages(), 1);
    double rareBelow = config.drift().rareBelow();
    require(rareBelow > 0, "lgvq.drift.rare-below must be above 0 but is " + rareBelow);
    positive("lgvq.claim-check.timeout", config.claimCheck().timeout());
    require(
        FETCHABLE.containsAll(config.claimCheck().schemes().orElse(List.of())),
        "lgvq.claim-check.schemes may name http and https alone");
    positive("lgvq.rest.look-back", config.rest().lookBack());
    atLeast("lgvq.rest.max-images", config.rest().maxImages(), 1);
    positive("lgvq.rest.answer-wait", config.rest().answerWait());
    positive("lgvq.rollout.settle", config.rollout().settle());
    positive("lgvq.rollout.retire-after", config.rollout().retireAfter());
    config
        .bundleWatch()
        .ifPresent(
            every -> {
              positive("lgvq.bundle-watch", every);
              require(
                  config.rollout().settle().compareTo(every) > 0,
                  "lgvq.rollout.settle must be longer than lgvq.bundle-watch, or a process may publish with a bundle that another has not found yet");
            });
  }

  private static void atLeast(String property, long value, long least) {
    require(value >= least, "%s must be at least %d but is %d".formatted(property, least, value));
  }

  private static void positive(String property, Duration value) {
    require(value.toMillis() >= 1, "%s must be at least 1 ms but is %s".formatted(property, value));
  }

  private static void require(boolean condition, String sentence) {
    if (!condition) {
      throw new StartException(sentence + ".");
    }
  }
}
