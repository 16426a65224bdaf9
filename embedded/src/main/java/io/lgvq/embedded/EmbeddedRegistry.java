package io.lgvq.embedded;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A real Schema Registry (Apicurio, in memory, speaking Confluent's API) as a child process on
 * loopback.
 *
 * <p>A process of its own, because its libraries would argue with ours on one class path. It starts
 * empty each time, and new subjects must be backward compatible, as on Confluent's registry.
 *
 * <p>Threading: safe for use by several threads. Ownership: whoever starts it closes it; it also
 * dies with this JVM on an orderly exit, by a shutdown hook.
 */
public final class EmbeddedRegistry implements AutoCloseable {

  /** Where the registry speaks the protocol of Confluent's. */
  public static final String CONFLUENT_PATH = "/apis/ccompat/v7";

  private static final Duration START = Duration.ofSeconds(90);

  private final Process process;
  private final Path log;
  private final int port;
  private final Thread hook;

  private EmbeddedRegistry(Process process, Path log, int port) {
    this.process = process;
    this.log = log;
    this.port = port;
    this.hook = new Thread(process::destroyForcibly, "embedded-registry-stop");
    Runtime.getRuntime().addShutdownHook(hook);
  }

  /**
   * Starts the registry of the folder that the build unpacked, named by the system property {@code
   * lgvq.registry.home}, on a free port, and waits until it answers.
   *
   * @param log file for the server's output
   */
  public static EmbeddedRegistry start(Path log) {
    String home = System.getProperty("lgvq.registry.home", "");
    if (home.isBlank()) {
      throw new EmbeddedException(
          "lgvq.registry.home is not set: it names the folder of the unpacked registry server");
    }
    EmbeddedRegistry registry = launch(Path.of(home), log, 0);
    registry.awaitReady();
    return registry;
  }

  /**
   * Starts the registry and returns at once; see {@link #awaitReady()}.
   *
   * @param home folder of the unpacked server
   * @param log file for the server's output
   * @param port loopback port, or 0 for a free one
   * @throws EmbeddedException if the folder holds no server or the process cannot be started
   */
  public static EmbeddedRegistry launch(Path home, Path log, int port) {
    int chosen = port == 0 ? FreePort.find() : port;
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xms32m",
            "-Xmx96m",
            "-Xss512k",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-XX:MaxMetaspaceSize=128m",
            "-Dquarkus.http.host=127.0.0.1",
            "-Dquarkus.http.port=" + chosen,
            "-Dregistry.rules.global.compatibility=BACKWARD",
            "-jar",
            serverJar(home).toString());
    try {
      Process process =
          new ProcessBuilder(command)
              .directory(home.toFile())
              .redirectErrorStream(true)
              .redirectOutput(log.toFile())
              .start();
      return new EmbeddedRegistry(process, log, chosen);
    } catch (IOException e) {
      throw new EmbeddedException("the embedded registry did not start from " + home, e);
    }
  }

  /**
   * Returns when the registry answers.
   *
   * @throws EmbeddedException if it ends, or does not answer within 90 seconds
   */
  public void awaitReady() {
    var client = HttpClient.newHttpClient();
    var request =
        HttpRequest.newBuilder(URI.create(url() + "/subjects"))
            .timeout(Duration.ofSeconds(5))
            .build();
    long deadline = System.nanoTime() + START.toNanos();
    while (System.nanoTime() < deadline) {
      if (!process.isAlive()) {
        throw new EmbeddedException(
            "the embedded registry ended while starting; its log is " + log);
      }
      try {
        if (client.send(request, BodyHandlers.discarding()).statusCode() == 200) {
          return;
        }
      } catch (IOException e) {
        // Not listening yet: that is what is being waited for.
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new EmbeddedException("interrupted while the embedded registry was starting", e);
      }
      pause();
    }
    throw new EmbeddedException(
        "the embedded registry did not answer in " + START.toSeconds() + " s; its log is " + log);
  }

  /** For {@code schema.registry.url}: Confluent's API, version 7. */
  public String url() {
    return "http://127.0.0.1:" + port + "/apis/ccompat/v7";
  }

  /** Process id of the server, for measuring what it costs. */
  public long pid() {
    return process.pid();
  }

  /** Stops the server and waits until it has ended. */
  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The JVM is going down and the hook runs already, on a process that has ended.
    }
  }

  private static Path serverJar(Path home) {
    try (var files = Files.list(home)) {
      return files
          .filter(file -> file.getFileName().toString().endsWith("-runner.jar"))
          .findFirst()
          .orElseThrow(() -> new EmbeddedException("no registry server in " + home));
    } catch (IOException e) {
      throw new EmbeddedException("no registry server in " + home, e);
    }
  }

  private static void pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(50);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
