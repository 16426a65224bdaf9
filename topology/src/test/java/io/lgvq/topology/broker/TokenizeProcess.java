package io.lgvq.topology.broker;

import io.lgvq.topology.claimcheck.ClaimCheck;
import io.lgvq.topology.claimcheck.ClaimCheckSettings;
import io.lgvq.topology.client.StageClients;
import io.lgvq.topology.config.BatchSettings;
import io.lgvq.topology.config.RetrySettings;
import io.lgvq.topology.config.StageSettings;
import io.lgvq.topology.config.TopicNames;
import io.lgvq.topology.observe.StageListener;
import io.lgvq.topology.rig.Cluster;
import io.lgvq.topology.rig.GreyDecoder;
import io.lgvq.topology.rig.RunningStage;
import io.lgvq.topology.rig.SlowTokenizer;
import io.lgvq.topology.stage.TokenizeStage;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Properties;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;

/** The real tokenize stage in a process of its own, to be killed; its model takes its time. */
final class TokenizeProcess {

  private final Process process;

  private TokenizeProcess(Process process) {
    this.process = process;
  }

  /** Starts the process; its output goes to the end of a file. */
  static TokenizeProcess start(Cluster cluster, String prefix, File log) throws IOException {
    return start(cluster, prefix, log, "192m", Duration.ofMillis(1));
  }

  /**
   * Starts the process; its output goes to the end of a file.
   *
   * @param heap as {@code -Xmx} takes it
   * @param workAnImage how long its model takes for an image
   */
  static TokenizeProcess start(
      Cluster cluster, String prefix, File log, String heap, Duration workAnImage)
      throws IOException {
    String classPath =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    return new TokenizeProcess(
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + heap,
                "-XX:+ExitOnOutOfMemoryError",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                classPath,
                TokenizeProcess.class.getName(),
                cluster.bootstrapServers(),
                cluster.registryUrl(),
                prefix,
                cluster.stateFolder(prefix).toString(),
                workAnImage.toString())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log))
            .start());
  }

  /** Whether it still runs. */
  boolean isAlive() {
    return process.isAlive();
  }

  /** SIGKILL: no hook runs, no socket is closed in order. */
  void kill() throws InterruptedException {
    process.destroyForcibly();
    process.waitFor();
  }

  /** What runs in the process. */
  public static void main(String[] args) throws IOException {
    TopicNames topics = TopicNames.withPrefix(args[2]);
    var stage =
        new TokenizeStage(
            new StageSettings(
                topics,
                new BatchSettings(16, Duration.ofMillis(20)),
                new RetrySettings(1, Duration.ZERO)),
            Cluster.serdes(args[1]),
            StageListener.none(),
            new ClaimCheck(ClaimCheckSettings.off()),
            new GreyDecoder(),
            new SlowTokenizer(Duration.parse(args[4])));
    var settings = RunningStage.settings(args[0], args[2], "only", Path.of(args[3]));
    Properties properties = settings.properties(stage.name());
    var streams = new KafkaStreams(stage.topology(), properties, StageClients.of(properties));
    streams.setUncaughtExceptionHandler(
        failure -> {
          failure.printStackTrace();
          return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
        });
    streams.setStateListener(
        (now, before) -> {
          if (now == KafkaStreams.State.ERROR) {
            Runtime.getRuntime().halt(1);
          }
        });
    streams.start();
    // The parent holds the other end: nobody outlives the test.
    while (System.in.read() >= 0) {
      continue;
    }
    Runtime.getRuntime().halt(0);
  }
}
