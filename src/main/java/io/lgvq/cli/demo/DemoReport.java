package io.lgvq.cli.demo;

import io.lgvq.cli.shell.Failure;
import io.lgvq.cli.shell.Json;
import io.lgvq.schemas.event.Answer;
import io.lgvq.schemas.event.Caption;
import io.lgvq.schemas.event.ImageTokens;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What {@code --json} writes: a program can check the demo by it. Everything that did not come is
 * {@code null}.
 *
 * @param images one entry a scene, in the order of sending
 * @param deadLetters records in the dead letters
 */
record DemoReport(List<Image> images, int deadLetters) {

  /**
   * One scene.
   *
   * @param id the image id
   * @param codes row-major, empty if none came
   * @param caption what it shows
   * @param reconstruction file of the picture decoded from the codes
   * @param latencyMs from the send to the committed result in the hands of a consumer
   * @param questions what was asked
   */
  record Image(
      String id,
      List<Integer> codes,
      Optional<String> caption,
      Optional<String> reconstruction,
      Latency latencyMs,
      List<Question> questions) {}

  /** Milliseconds from the send of the image. */
  record Latency(Optional<Long> tokens, Optional<Long> caption) {}

  /**
   * One question.
   *
   * @param question its text
   * @param expected the true answer, where one is known
   * @param answer what was answered
   * @param probability of the answer
   */
  record Question(
      String question,
      Optional<String> expected,
      Optional<String> answer,
      Optional<Float> probability) {}

  static DemoReport of(List<SceneProgress> scenes, int deadLetters, Layout layout) {
    return new DemoReport(scenes.stream().map(scene -> image(scene, layout)).toList(), deadLetters);
  }

  /**
   * Returns if a report can be written to a file, as far as that can be told before the run.
   *
   * @throws Failure if it cannot
   */
  static void requireWritable(Path file) {
    Path folder = file.toAbsolutePath().normalize().getParent();
    if (folder == null || Files.isDirectory(file)) {
      throw new Failure("The results cannot be written to %s: it is a folder.".formatted(file));
    }
    if (!Files.isDirectory(folder)) {
      throw new Failure(
          "The results cannot be written to %s: there is no folder %s.".formatted(file, folder));
    }
  }

  /** Writes it, indented. */
  void write(Path file) {
    try {
      Files.writeString(file, Json.pretty(this) + System.lineSeparator());
    } catch (IOException e) {
      throw new Failure("The file %s cannot be written: %s".formatted(file, e.getMessage()), e);
    }
  }

  private static Image image(SceneProgress progress, Layout layout) {
    Scene scene = progress.scene();
    return new Image(
        scene.id(),
        progress.tokens().map(ImageTokens::getCodes).orElse(List.of()),
        progress.caption().map(Caption::getText),
        progress.reconstruction().map(there -> layout.reconstruction(scene.id()).toString()),
        new Latency(
            progress.tokensLatency().map(Duration::toMillis),
            progress.captionLatency().map(Duration::toMillis)),
        scene.questions().stream().map(asked -> question(progress, asked)).toList());
  }

  private static Question question(SceneProgress progress, Scene.Asked asked) {
    Optional<Answer> answer = progress.answer(asked);
    return new Question(
        asked.text(),
        asked.expected(),
        answer.map(Answer::getText),
        answer.map(Answer::getProbability));
  }
}
