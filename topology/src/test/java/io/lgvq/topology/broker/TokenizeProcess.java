package io.lgvq.topology.broker;

import io.lgvq.topology.claimcheck.ClaimCheck;
import io.lgvq.topology.claimcheck.ClaimCheckSettings;
import io.lgvq.topology.config.BatchSettings;
import io.lgvq.topology.config.RetrySettings;
import io.lgvq.topology.config.StageSettings;
import io.lgvq.topology.config.TopicNames;
import io.lgvq.topology.observe.StageListener;
import io.lgvq.topology.rig.Cluster;
import io.lgvq.topology.rig.GreyDecoder;
import io.lgvq.topology.rig.RunningStage;
import io.lgvq.topology.rig.SlowTokenizer;
import io.lgvq.topology.rig.StageProcess;
import io.lgvq.topology.stage.TokenizeStage;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** The real tokenize stage in a process of its own, to be killed; its model takes its time. */
final class TokenizeProcess {

  private TokenizeProcess() {}

  /** Starts the process; its output goes to the end of a file. */
  static StageProcess start(Cluster cluster, String prefix, File log) throws IOException {
    return start(cluster, prefix, log, "192m", Duration.ofMillis(1));
  }

  /**
   * Starts the process; its output goes to the end of a file.
   *
   * @param heap as {@code -Xmx} takes it
   * @param workAnImage how long its model takes for an image
   */
  static StageProcess start(
      Cluster cluster, String prefix, File log, String heap, Duration workAnImage)
      throws IOException {
    return StageProcess.start(
        TokenizeProcess.class,
        heap,
        log,
        List.of(
            cluster.bootstrapServers(),
            cluster.registryUrl(),
            prefix,
            cluster.stateFolder(prefix).toString(),
            workAnImage.toString()));
  }

  /** What runs in the process. */
  public static void main(String[] args) throws IOException {
    var stage =
        new TokenizeStage(
            new StageSettings(
                TopicNames.withPrefix(args[2]),
                new BatchSettings(16, Duration.ofMillis(20)),
                new RetrySettings(1, Duration.ZERO)),
            Cluster.serdes(args[1]),
            StageListener.none(),
            new ClaimCheck(ClaimCheckSettings.off()),
            new GreyDecoder(),
            new SlowTokenizer(Duration.parse(args[4])));
    var settings = RunningStage.settings(args[0], args[2], "only", Path.of(args[3]));
    StageProcess.run(stage, settings.properties(stage.name()));
  }
}
