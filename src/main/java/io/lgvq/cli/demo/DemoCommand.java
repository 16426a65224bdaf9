package io.lgvq.cli.demo;

import io.lgvq.cli.shell.Project;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options of {@code demo}. */
@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    description = {
      "Show the main job on this machine: a real broker and registry, all stages, real images.",
      "Sends images and questions through Kafka, prints captions and answers as they come back,",
      "and writes a page worth looking at."
    })
public final class DemoCommand implements Callable<Integer> {
  @Option(
      names = "--images",
      paramLabel = "N",
      description =
          "How many images to send; more than there are repeats them. Default: each once.")
  private Optional<Integer> images;

  @Option(
      names = "--exit",
      description = "Stop when all have come back; fail if anything is missing.")
  private boolean exit;

  @Option(
      names = "--idle",
      paramLabel = "SECONDS",
      description =
          "When all have come back, watch for so long what the application costs with nothing to do.")
  private Optional<Integer> idle;

  @Option(names = "--json", paramLabel = "FILE", description = "Write the results as JSON.")
  private Optional<Path> json;

  @Option(
      names = "--from",
      paramLabel = "FOLDER",
      description = "Send your own pictures (JPEG, PNG, GIF, BMP, WebP) instead of the samples.")
  private Optional<Path> from;

  @Option(
      names = "--question",
      paramLabel = "TEXT",
      description = "With --from: ask this of every picture. May be given several times.")
  private List<String> questions = List.of();

  @Option(
      names = "--bundle",
      paramLabel = "FOLDER",
      defaultValue = "bundles/lgvq-small",
      description = "The models to run. Default: ${DEFAULT-VALUE}.")
  private Path bundle;

  @Option(
      names = "--out",
      paramLabel = "FOLDER",
      defaultValue = "lgvq-demo",
      description =
          "Where the page, the reconstructions and the logs go. Default: ${DEFAULT-VALUE}.")
  private Path out;

  @Option(
      names = "--port",
      paramLabel = "PORT",
      defaultValue = "0",
      description =
          "Port of REST on the loopback interface; 0 takes a free one. Default: ${DEFAULT-VALUE}.")
  private int port;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    require(images.orElse(1) >= 1, "--images must be at least 1");
    require(idle.orElse(1) >= 1, "--idle must be at least 1");
    require(questions.isEmpty() || from.isPresent(), "--question needs --from");
    Project project = Project.current();
    Path pictures = from.orElse(project.root().resolve("samples"));
    Layout layout = new Layout(project, project.bundle(bundle), pictures, out);
    json.ifPresent(DemoReport::requireWritable);
    List<Scene> scenes =
        from.isPresent()
            ? Scenes.folder(pictures, questions, images)
            : Scenes.samples(pictures, images);
    boolean colour =
        Boolean.getBoolean("lgvq.colour"); // the launcher knows whether it is a terminal
    Screen screen = new Screen(spec.commandLine().getOut(), colour, began());
    return new Demo(layout, scenes, screen)
        .run(port, exit, json, idle.map(seconds -> Duration.ofSeconds(seconds)));
  }

  /** When the launcher was started, as it says; without a launcher, when this JVM was. */
  private static Instant began() {
    return Optional.ofNullable(Long.getLong("lgvq.began"))
        .map(Instant::ofEpochMilli)
        .or(() -> ProcessHandle.current().info().startInstant())
        .orElseGet(Instant::now);
  }

  private void require(boolean condition, String usage) {
    if (!condition) {
      throw new ParameterException(spec.commandLine(), usage);
    }
  }
}
