package io.lgvq.topology.upgrade;

import static io.lgvq.topology.rig.SmallModel.CODEBOOK;
import static org.awaitility.Awaitility.await;

import io.lgvq.operators.rollout.Rollout;
import io.lgvq.topology.claimcheck.ClaimCheck;
import io.lgvq.topology.claimcheck.ClaimCheckSettings;
import io.lgvq.topology.config.AnswerSettings;
import io.lgvq.topology.config.BatchSettings;
import io.lgvq.topology.config.DriftSettings;
import io.lgvq.topology.config.RetrySettings;
import io.lgvq.topology.config.StageSettings;
import io.lgvq.topology.config.TopicNames;
import io.lgvq.topology.event.EventSerdes;
import io.lgvq.topology.observe.StageListener;
import io.lgvq.topology.rig.GreyDecoder;
import io.lgvq.topology.rig.OrdinaryCodes;
import io.lgvq.topology.rig.RunningStage;
import io.lgvq.topology.rig.SmallModel;
import io.lgvq.topology.stage.AnswerStage;
import io.lgvq.topology.stage.CaptionStage;
import io.lgvq.topology.stage.DriftStage;
import io.lgvq.topology.stage.ReconstructStage;
import io.lgvq.topology.stage.Stage;
import io.lgvq.topology.stage.TokenizeStage;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import org.apache.kafka.streams.KafkaStreams;

/** All stages as one release has them, on the small model, one instance each. */
final class AllStages implements AutoCloseable {

  static final TopicNames TOPICS = TopicNames.standard();

  // A snapshot is as old as its release: nothing in it may expire.
  private static final Duration FOR_EVER = Duration.ofDays(36_500);

  private final List<KafkaStreams> running;

  private AllStages(List<KafkaStreams> running) {
    this.running = running;
  }

  /**
   * Starts them.
   *
   * @param state folder of their state
   * @param window of the stage drift
   */
  static AllStages start(String bootstrapServers, EventSerdes serdes, Path state, Duration window) {
    List<KafkaStreams> all =
        stages(serdes, window).stream()
            .map(stage -> streams(stage, bootstrapServers, state))
            .toList();
    all.forEach(KafkaStreams::start);
    return new AllStages(all);
  }

  private static KafkaStreams streams(Stage stage, String bootstrapServers, Path state) {
    Properties properties =
        RunningStage.settings(bootstrapServers, "upgrade-", "only", state).properties(stage.name());
    return new KafkaStreams(stage.topology(), properties);
  }

  private static List<Stage> stages(EventSerdes serdes, Duration window) {
    var settings = new StageSettings(TOPICS, BatchSettings.standard(), RetrySettings.standard());
    var answers = new AnswerSettings(FOR_EVER, FOR_EVER, 1_000);
    var listener = StageListener.none();
    return List.of(
        new TokenizeStage(
            settings,
            serdes,
            listener,
            new ClaimCheck(ClaimCheckSettings.off()),
            new GreyDecoder(),
            new SmallModel.PureTokenizer()),
        new CaptionStage(settings, serdes, listener, new SmallModel.PureCaptioner()),
        new AnswerStage(settings, answers, serdes, listener, new SmallModel.PureAnswerer(CODEBOOK)),
        new ReconstructStage(settings, serdes, listener, new SmallModel.PureReconstructor()),
        new DriftStage(
            settings,
            new DriftSettings(window, 1, 0.25),
            serdes,
            listener,
            Rollout.watching(CODEBOOK, new OrdinaryCodes().reference(CODEBOOK))));
  }

  /** Returns when all run, their state restored, or fails after a minute. */
  void awaitRunning() {
    await()
        .atMost(Duration.ofMinutes(1))
        .until(() -> running.stream().allMatch(each -> each.state() == KafkaStreams.State.RUNNING));
  }

  /** How many of them have stopped by themselves. */
  long stopped() {
    return running.stream().filter(each -> each.state().hasCompletedShutdown()).count();
  }

  @Override
  public void close() {
    running.forEach(each -> each.close(Duration.ofSeconds(30)));
  }
}
