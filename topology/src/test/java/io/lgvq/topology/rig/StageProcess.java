package io.lgvq.topology.rig;

import io.lgvq.topology.client.StageClients;
import io.lgvq.topology.clock.SteadyTime;
import io.lgvq.topology.stage.Stage;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;

/** A stage in a process of its own, to be killed. Whoever starts it kills it. */
public final class StageProcess {

  private final Process process;

  private StageProcess(Process process) {
    this.process = process;
  }

  /**
   * Starts a process with the classes of this one; it ends with this one at the latest.
   *
   * @param main has the method {@code main}, which ends in {@link #run}
   * @param heap as {@code -Xmx} takes it
   * @param log its output goes to the end of this file
   * @param arguments of {@code main}
   */
  public static StageProcess start(Class<?> main, String heap, File log, List<String> arguments)
      throws IOException {
    var command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + heap,
                "-XX:+ExitOnOutOfMemoryError",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                main.getName()));
    command.addAll(arguments);
    return new StageProcess(
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log))
            .start());
  }

  /** Whether it still runs. */
  public boolean isAlive() {
    return process.isAlive();
  }

  /** SIGKILL: no hook runs, no socket is closed in order. */
  public void kill() throws InterruptedException {
    process.destroyForcibly();
    process.waitFor();
  }

  /**
   * Runs a stage in this process until the one that started it is gone.
   *
   * @param properties of Kafka Streams
   */
  public static void run(Stage stage, Properties properties) throws IOException {
    var streams =
        new KafkaStreams(
            stage.topology(), properties, StageClients.of(properties), new SteadyTime());
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
