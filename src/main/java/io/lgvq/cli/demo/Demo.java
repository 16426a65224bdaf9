package io.lgvq.cli.demo;

import io.lgvq.cli.shell.Failure;
import io.lgvq.operators.bundle.Bundle;
import io.lgvq.schemas.event.Reconstruction;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/**
 * One run of the demo: start the platform, feed the scenes, gather what comes back, show it.
 *
 * <p>Threading: the calling thread, and one that feeds.
 */
final class Demo {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int GOOD = 0;
  private static final int FAILED = 1;

  private final Layout layout;
  private final Bundle bundle;
  private final List<SceneProgress> scenes;
  private final Screen screen;

  Demo(Layout layout, List<Scene> scenes, Screen screen) {
    this.layout = layout;
    this.bundle = Bundle.open(layout.bundle());
    this.scenes = scenes.stream().map(SceneProgress::new).toList();
    this.screen = screen;
  }

  /**
   * Runs to the end, or until the user ends it.
   *
   * @param port for REST, or 0 for a free one
   * @param exit whether to stop when all is there
   * @param json where to write the results for programs
   * @param idle how long to watch the application with nothing to do
   * @return the exit code
   */
  int run(int port, boolean exit, Optional<Path> json, Optional<Duration> idle) {
    screen.plain("LG-VQ Streams demo: %d images, bundle %s".formatted(scenes.size(), name()));
    try (Platform platform = Platform.start(layout, port, screen)) {
      int deadLetters = stream(platform);
      reconstructions();
      DemoReport report = DemoReport.of(scenes, deadLetters, layout);
      json.ifPresent(report::write);
      DemoPage.Run run =
          new DemoPage.Run(
              screen.firstCaption(), platform.residentBytes(), deadLetters, layout.credits());
      DemoPage.write(layout.page(), bundle, scenes, run);
      Summary.of(scenes, bundle, run).print(screen);
      boolean complete = complete();
      idle.flatMap(time -> Idle.watch(platform.application().pid(), time)).ifPresent(this::print);
      addresses(platform);
      if (!exit) {
        awaitEnd();
      }
      return complete ? GOOD : FAILED;
    }
  }

  private int stream(Platform platform) {
    try (DemoClient client = new DemoClient(platform.bootstrapServers(), platform.registryUrl())) {
      Harvest harvest = client.harvest(scenes, screen);
      FeedThread feed = client.feed(scenes, screen);
      screen.step("feed", "images and questions go into Kafka");
      feed.start();
      harvest.awaitAll(PATIENCE);
      platform.application().requireAlive();
      feed.failure()
          .ifPresent(
              refused -> {
                throw new Failure("Kafka did not take a record: " + refused.getMessage(), refused);
              });
      return harvest.deadLetters();
    }
  }

  private boolean complete() {
    List<SceneProgress> incomplete =
        scenes.stream().filter(scene -> !scene.missing().isEmpty()).toList();
    for (SceneProgress scene : incomplete) {
      String why = scene.refusal().map(reason -> " (refused, " + reason + ")").orElse("");
      screen.plain(
          "  missing of %s: %s%s"
              .formatted(scene.scene().id(), String.join(", ", scene.missing()), why));
    }
    return incomplete.isEmpty();
  }

  private void reconstructions() {
    for (SceneProgress scene : scenes) {
      scene
          .reconstruction()
          .ifPresent(picture -> write(layout.reconstruction(scene.scene().id()), picture));
    }
  }

  private void print(Idle idle) {
    screen.plain(
        String.format(
            Locale.ROOT,
            "  idle application: %.1f %% of a core over %d s",
            100 * idle.share(),
            idle.over().toSeconds()));
  }

  private void addresses(Platform platform) {
    String url = platform.application().url();
    screen.plain("");
    screen.plain("  page      " + layout.page().toAbsolutePath().normalize().toUri());
    screen.plain("  REST      " + url + "/images     described at " + url + "/q/swagger-ui");
    screen.plain("  OpenAPI   " + url + "/q/openapi");
    screen.plain("  metrics   " + url + "/q/metrics   health at " + url + "/q/health");
    screen.plain(
        "  Kafka     " + platform.bootstrapServers() + "   registry " + platform.registryUrl());
  }

  private void awaitEnd() {
    screen.plain("");
    screen.plain("Everything stays up until Ctrl-C.");
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private String name() {
    return bundle.manifest().name() + " " + bundle.manifest().version();
  }

  private static void write(Path file, Reconstruction picture) {
    ByteBuffer bytes = picture.getData().duplicate();
    try (FileChannel channel =
        FileChannel.open(
            file,
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE,
            StandardOpenOption.TRUNCATE_EXISTING)) {
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
    } catch (IOException e) {
      throw new Failure("The file %s cannot be written: %s".formatted(file, e.getMessage()), e);
    }
  }
}
