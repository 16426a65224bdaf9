package io.lgvq.topology.broker;

import static io.lgvq.topology.rig.Events.greys;
import static io.lgvq.topology.rig.Events.question;
import static io.lgvq.topology.rig.SmallModel.CODEBOOK;
import static org.assertj.core.api.Assertions.assertThat;

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
import io.lgvq.topology.rig.Cluster;
import io.lgvq.topology.rig.Committed;
import io.lgvq.topology.rig.Feed;
import io.lgvq.topology.rig.GreyDecoder;
import io.lgvq.topology.rig.OrdinaryCodes;
import io.lgvq.topology.rig.RunningStage;
import io.lgvq.topology.rig.SmallModel;
import io.lgvq.topology.stage.AnswerStage;
import io.lgvq.topology.stage.CaptionStage;
import io.lgvq.topology.stage.DriftStage;
import io.lgvq.topology.stage.Stage;
import io.lgvq.topology.stage.TokenizeStage;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** With nothing to do, stages leave the broker alone: transactions cost it as much as work does. */
class IdleOnBrokerTest {

  private static final int IMAGES = 12;

  /** Ten times the commit interval of the rig. */
  private static final Duration A_WHILE = Duration.ofSeconds(2);

  private final Cluster cluster = Cluster.get();
  private final EventSerdes serdes = cluster.serdes();
  private final String prefix = cluster.newPrefix();
  private final TopicNames topics = cluster.topics(prefix, 2);
  private final StageSettings settings =
      new StageSettings(topics, BatchSettings.standard(), RetrySettings.standard());
  private final Feed feed = new Feed(cluster.bootstrapServers());

  @AfterEach
  void close() {
    feed.close();
  }

  @Test
  void shouldCommitNothingOnceAllIsDone() {
    try (var tokenize = start(tokenize());
        var caption = start(caption());
        var answer = start(answer());
        var drift = start(drift());
        var captions = new Committed(cluster.bootstrapServers(), topics.captions());
        var answers = new Committed(cluster.bootstrapServers(), topics.answers());
        var drifts = new Committed(cluster.bootstrapServers(), topics.drift())) {
      for (int i = 0; i < IMAGES; i++) {
        String id = "image-" + i;
        feed.send(topics.images(), id, greys(id, i, i, i, i), serdes.images());
        feed.send(topics.questions(), id, question("q" + i, id, "what is it?"), serdes.questions());
      }
      feed.send(
          topics.questions(), "none", question("none", "none", "what is it?"), serdes.questions());
      feed.flush();
      captions.atLeast(IMAGES);
      answers.atLeast(IMAGES + 1);
      drifts.atLeast(2);
      captions.untilQuiet(A_WHILE);

      List<RunningStage> all = List.of(tokenize, caption, answer, drift);
      List<Double> before = commits(all);
      captions.untilQuiet(A_WHILE);

      assertThat(before).allSatisfy(commits -> assertThat(commits).isPositive());
      assertThat(commits(all)).isEqualTo(before);
    }
  }

  private static List<Double> commits(List<RunningStage> stages) {
    return stages.stream().map(stage -> stage.metric("commit-total")).toList();
  }

  private RunningStage start(Stage stage) {
    return RunningStage.start(stage, prefix, "only");
  }

  private Stage tokenize() {
    return new TokenizeStage(
        settings,
        serdes,
        StageListener.none(),
        new ClaimCheck(ClaimCheckSettings.off()),
        new GreyDecoder(),
        new SmallModel.PureTokenizer());
  }

  private Stage caption() {
    return new CaptionStage(settings, serdes, StageListener.none(), new SmallModel.PureCaptioner());
  }

  private Stage answer() {
    var answers = new AnswerSettings(Duration.ofDays(7), Duration.ofSeconds(5), 1_000);
    return new AnswerStage(
        settings, answers, serdes, StageListener.none(), new SmallModel.PureAnswerer(CODEBOOK));
  }

  private Stage drift() {
    return new DriftStage(
        settings,
        new DriftSettings(Duration.ofMillis(500), 1, 0.25),
        serdes,
        StageListener.none(),
        Rollout.watching(CODEBOOK, new OrdinaryCodes().reference(CODEBOOK)));
  }
}
