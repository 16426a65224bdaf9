package io.lgvq.topology.broker;

import static io.lgvq.topology.rig.SmallModel.CODEBOOK;

import io.lgvq.topology.config.AnswerSettings;
import io.lgvq.topology.config.BatchSettings;
import io.lgvq.topology.config.RetrySettings;
import io.lgvq.topology.config.StageSettings;
import io.lgvq.topology.config.TopicNames;
import io.lgvq.topology.event.EventSerdes;
import io.lgvq.topology.observe.StageListener;
import io.lgvq.topology.rig.Cluster;
import io.lgvq.topology.rig.RunningStage;
import io.lgvq.topology.rig.SmallModel.PureAnswerer;
import io.lgvq.topology.rig.StageProcess;
import io.lgvq.topology.stage.AnswerStage;
import io.lgvq.topology.stage.Stage;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** The real answer stage, one of two with a standby each, in a process of its own to be killed. */
final class AnswerProcess {

  /** One standby, and no longer wait for a dead instance than a broker allows by default. */
  static final Map<String, String> STANDBY =
      Map.of("num.standby.replicas", "1", "main.consumer.session.timeout.ms", "6000");

  private AnswerProcess() {}

  /** Starts the process; its output goes to the end of a file. */
  static StageProcess start(Cluster cluster, String prefix, String instance, File log)
      throws IOException {
    return StageProcess.start(
        AnswerProcess.class,
        "192m",
        log,
        List.of(
            cluster.bootstrapServers(),
            cluster.registryUrl(),
            prefix,
            instance,
            cluster.stateFolder(prefix + instance).toString()));
  }

  /** The stage, of which several instances may run. */
  static Stage stage(String prefix, EventSerdes serdes) {
    return new AnswerStage(
        new StageSettings(
            TopicNames.withPrefix(prefix),
            new BatchSettings(8, Duration.ofMillis(20)),
            new RetrySettings(1, Duration.ZERO)),
        new AnswerSettings(Duration.ofHours(1), Duration.ofHours(1), 1_000),
        serdes,
        StageListener.none(),
        new PureAnswerer(CODEBOOK));
  }

  /** What runs in the process. */
  public static void main(String[] args) throws IOException {
    Stage stage = stage(args[2], Cluster.serdes(args[1]));
    var settings = RunningStage.settings(args[0], args[2], args[3], Path.of(args[4]));
    var properties = settings.properties(stage.name());
    properties.putAll(STANDBY);
    StageProcess.run(stage, properties);
  }
}
