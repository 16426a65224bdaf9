package io.lgvq.cli.demo;

import io.lgvq.cli.shell.Failure;
import io.lgvq.cli.shell.Json;
import io.lgvq.operators.bundle.Bundle;
import io.lgvq.operators.bundle.BundleManifest;
import io.lgvq.operators.image.Fit;
import io.lgvq.schemas.event.Answer;
import io.lgvq.schemas.event.Caption;
import io.lgvq.schemas.event.ImageTokens;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The page of a demo: one file that needs nothing else, of some 20 KB an image and at most {@value
 * #MOST} images. The template holds the looks, a block of JSON in it what there is to show.
 */
final class DemoPage {
  private static final String TEMPLATE = "/demo/page.html";
  private static final String SLOT = "/*DATA*/";

  /** More cards than that are neither looked at nor quick to show. */
  private static final int MOST = 500;

  private DemoPage() {}

  /**
   * Figures of the run that the scenes do not hold.
   *
   * @param firstCaption time from the command to the first caption
   * @param residentBytes of each process
   * @param deadLetters records in the dead letters
   * @param credits who made the pictures, where that is known
   */
  record Run(
      Optional<Duration> firstCaption,
      Map<String, Long> residentBytes,
      int deadLetters,
      Optional<String> credits) {}

  /** Writes the page. */
  static void write(Path file, Bundle bundle, List<SceneProgress> scenes, Run run) {
    String data = Json.compact(data(bundle, scenes, run)).replace("</", "<\\/");
    try (InputStream template = DemoPage.class.getResourceAsStream(TEMPLATE)) {
      String page = new String(template.readAllBytes(), StandardCharsets.UTF_8);
      Files.writeString(file, page.replace(SLOT, data));
    } catch (IOException e) {
      throw new Failure("The page %s cannot be written: %s".formatted(file, e.getMessage()), e);
    }
  }

  private static Map<String, Object> data(Bundle bundle, List<SceneProgress> scenes, Run run) {
    BundleManifest manifest = bundle.manifest();
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("bundle", manifest.name() + " " + manifest.version());
    data.put(
        "grid",
        List.of(manifest.grid().height(), manifest.grid().width(), manifest.grid().depth()));
    data.put("size", List.of(manifest.image().width(), manifest.image().height()));
    data.put("palette", Palette.of(bundle.codebookVectors()));
    data.put("firstCaptionMs", run.firstCaption().map(Duration::toMillis));
    data.put("memory", run.residentBytes());
    data.put("deadLetters", run.deadLetters());
    data.put("credits", run.credits());
    data.put("sent", scenes.size());
    List<SceneProgress> shown = scenes.subList(0, Math.min(MOST, scenes.size()));
    data.put("pictures", pictures(shown, manifest.image().fit()));
    data.put("scenes", shown.stream().map(DemoPage::scene).toList());
    return data;
  }

  private static Map<String, String> pictures(List<SceneProgress> shown, Fit fit) {
    Map<String, String> pictures = new LinkedHashMap<>();
    try (Thumbnails thumbnails = new Thumbnails(fit)) {
      for (SceneProgress scene : shown) {
        pictures.computeIfAbsent(
            scene.scene().file(), file -> thumbnails.of(scene).orElse(null)); // null puts nothing
      }
    }
    return pictures;
  }

  private static Map<String, Object> scene(SceneProgress progress) {
    Map<String, Object> scene = new LinkedHashMap<>();
    scene.put("id", progress.scene().id());
    scene.put("file", progress.scene().file());
    scene.put("codes", progress.tokens().map(ImageTokens::getCodes).orElse(List.of()));
    scene.put("error", progress.tokens().map(ImageTokens::getQuantizationError));
    scene.put("caption", progress.caption().map(Caption::getText));
    scene.put("captionLog", progress.caption().map(Caption::getLogProbability));
    scene.put("reconstruction", progress.reconstruction().map(picture -> png(picture.getData())));
    scene.put("refusal", progress.refusal());
    scene.put("tokensMs", progress.tokensLatency().map(Duration::toMillis));
    scene.put("captionMs", progress.captionLatency().map(Duration::toMillis));
    scene.put(
        "questions",
        progress.scene().questions().stream().map(asked -> question(progress, asked)).toList());
    return scene;
  }

  private static Map<String, Object> question(SceneProgress progress, Scene.Asked asked) {
    Optional<Answer> answer = progress.answer(asked);
    Map<String, Object> question = new LinkedHashMap<>();
    question.put("question", asked.text());
    question.put("expected", asked.expected());
    question.put("answer", answer.map(Answer::getText));
    question.put("refusal", progress.refusal(asked));
    question.put("status", answer.map(given -> given.getStatus().name()));
    question.put("probability", answer.map(Answer::getProbability));
    question.put(
        "others",
        answer.map(
            given ->
                given.getAlternatives().stream()
                    .limit(3)
                    .map(
                        other ->
                            Map.of("text", other.getText(), "probability", other.getProbability()))
                    .toList()));
    return question;
  }

  private static String png(ByteBuffer bytes) {
    return "data:image/png;base64,"
        + StandardCharsets.ISO_8859_1.decode(Base64.getEncoder().encode(bytes.duplicate()));
  }
}
