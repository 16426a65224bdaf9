package io.lgvq.cli.demo;

import io.lgvq.cli.shell.Failure;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The application as a child process: the very artifact that {@code serve} runs, so that the demo
 * shows what is deployed and its memory can be measured by itself.
 *
 * <p>Threading: safe for any number of threads. Ownership: whoever starts it closes it; it also
 * ends with this JVM, by a shutdown hook.
 */
final class Application implements AutoCloseable {
  private static final Duration PAUSE = Duration.ofMillis(100);

  private final Process process;
  private final Path log;
  private final int port;
  private final Thread hook;

  private Application(Process process, Path log, int port) {
    this.process = process;
    this.log = log;
    this.port = port;
    this.hook = new Thread(process::destroy, "demo-application-stop");
    Runtime.getRuntime().addShutdownHook(hook);
  }

  /**
   * Starts it and returns at once.
   *
   * @param home the built application, the folder of {@code quarkus-run.jar}
   * @param properties what it is configured with
   * @param log file for its output
   * @param port for REST, loopback
   */
  static Application start(Path home, Map<String, String> properties, Path log, int port) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Xms64m",
            "-Xmx256m",
            "-Xss512k",
            "-Djava.awt.headless=true",
            "-Dai.djl.offline=true",
            "-Dai.djl.default_engine=OnnxRuntime",
            "-Dquarkus.http.host=127.0.0.1",
            "-Dquarkus.http.port=" + port));
    properties.forEach((name, value) -> command.add("-D" + name + "=" + value));
    command.add("-jar");
    command.add(home.resolve("quarkus-run.jar").toString());
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
    // glibc keeps an arena a core and thread otherwise, which costs memory and buys nothing here
    builder.environment().put("MALLOC_ARENA_MAX", "2");
    try {
      return new Application(builder.start(), log, port);
    } catch (IOException e) {
      throw new Failure("The application could not be started: " + e.getMessage(), e);
    }
  }

  /** Where REST is, for instance {@code http://127.0.0.1:8080}. */
  String url() {
    return "http://127.0.0.1:" + port;
  }

  /** Process id, for measuring what it costs. */
  long pid() {
    return process.pid();
  }

  /**
   * Returns when the application says that it is ready.
   *
   * @throws Failure if it ends, or is not ready in time
   */
  void awaitReady(Duration patience) {
    HttpClient client = HttpClient.newHttpClient();
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url() + "/q/health/ready"))
            .timeout(Duration.ofSeconds(5))
            .build();
    long deadline = System.nanoTime() + patience.toNanos();
    String last = "no answer";
    while (System.nanoTime() < deadline) {
      requireAlive();
      try {
        var response = client.send(request, BodyHandlers.ofString());
        if (response.statusCode() == 200) {
          return;
        }
        last = response.body();
      } catch (IOException e) {
        last = "no answer"; // not listening yet: that is what is being waited for
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new Failure("Interrupted while the application was starting.", e);
      }
      pause();
    }
    throw new Failure(
        "The application was not ready within %d s; its log is %s and its last word was: %s"
            .formatted(patience.toSeconds(), log, last.replaceAll("\\s+", " ")));
  }

  /**
   * Returns if the application runs.
   *
   * @throws Failure with the last lines of its log if not
   */
  void requireAlive() {
    if (process.isAlive()) {
      return;
    }
    throw new Failure(
        "The application ended with exit code %d; its log is %s and ends with:%n%s"
            .formatted(process.exitValue(), log, tail()));
  }

  /** Stops it as a platform would, and waits until it has stopped. */
  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(25, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    } catch (IllegalStateException e) {
      // The JVM is going down and the hook runs already, on a process that has ended.
    }
  }

  private String tail() {
    try {
      List<String> lines = Files.readAllLines(log);
      return String.join(
          System.lineSeparator(), lines.subList(Math.max(0, lines.size() - 12), lines.size()));
    } catch (IOException e) {
      return "(the log cannot be read)";
    }
  }

  private static void pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(PAUSE.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
