package io.lgvq.cli.demo;

import io.lgvq.operators.bundle.Bundle;
import io.lgvq.schemas.event.Answer;
import io.lgvq.schemas.event.ImageTokens;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/**
 * A run in a few figures.
 *
 * @param captions images with a caption
 * @param images that were sent
 * @param answers questions with an answer
 * @param questions that were asked
 * @param right answers that equal the known truth
 * @param known questions whose truth is known
 * @param codesUsed different codes that occurred
 * @param codes size of the codebook
 * @param tokensMedian from send to tokens
 * @param captionMedian from send to caption
 * @param run figures of the processes
 */
record Summary(
    long captions,
    int images,
    long answers,
    long questions,
    long right,
    long known,
    long codesUsed,
    int codes,
    Optional<Long> tokensMedian,
    Optional<Long> captionMedian,
    DemoPage.Run run) {

  static Summary of(List<SceneProgress> scenes, Bundle bundle, DemoPage.Run run) {
    return new Summary(
        scenes.stream().filter(scene -> scene.caption().isPresent()).count(),
        scenes.size(),
        count(scenes, (scene, asked) -> scene.answer(asked).isPresent()),
        count(scenes, (scene, asked) -> true),
        count(scenes, Summary::right),
        count(scenes, (scene, asked) -> asked.expected().isPresent()),
        scenes.stream()
            .flatMap(scene -> scene.tokens().stream())
            .map(ImageTokens::getCodes)
            .flatMap(Collection::stream)
            .distinct()
            .count(),
        bundle.codebook().size(),
        median(scenes, SceneProgress::tokensLatency),
        median(scenes, SceneProgress::captionLatency),
        run);
  }

  void print(Screen screen) {
    screen.plain("");
    screen.plain(
        "  %d of %d images captioned, %d of %d questions answered%s, %d dead letters"
            .formatted(captions, images, answers, questions, truth(), run.deadLetters()));
    screen.plain("  %d of %d codes used".formatted(codesUsed, codes));
    tokensMedian.ifPresent(
        tokens ->
            screen.plain(
                "  median from send to committed tokens %d ms, to caption %s ms"
                    .formatted(tokens, captionMedian.map(String::valueOf).orElse("-"))));
    run.firstCaption()
        .ifPresent(
            first ->
                screen.plain(
                    String.format(
                        Locale.ROOT,
                        "  first caption %.1f s after the command",
                        first.toMillis() / 1000.0)));
    long bytes = run.residentBytes().values().stream().mapToLong(Long::longValue).sum();
    screen.plain("  memory of all processes %d MB: %s".formatted(bytes >> 20, memory()));
  }

  private String truth() {
    return known == 0 ? "" : ", %d of %d as expected".formatted(right, known);
  }

  private String memory() {
    return String.join(
        ", ",
        run.residentBytes().entrySet().stream()
            .map(process -> "%s %d".formatted(process.getKey(), process.getValue() >> 20))
            .toList());
  }

  private static boolean right(SceneProgress scene, Scene.Asked asked) {
    return scene.answer(asked).map(Answer::getText).equals(asked.expected())
        && asked.expected().isPresent();
  }

  private static long count(
      List<SceneProgress> scenes,
      java.util.function.BiPredicate<SceneProgress, Scene.Asked> condition) {
    return scenes.stream()
        .mapToLong(
            scene ->
                scene.scene().questions().stream()
                    .filter(asked -> condition.test(scene, asked))
                    .count())
        .sum();
  }

  private static Optional<Long> median(
      List<SceneProgress> scenes, Function<SceneProgress, Optional<Duration>> latency) {
    List<Long> sorted =
        scenes.stream()
            .flatMap(scene -> latency.apply(scene).stream())
            .map(Duration::toMillis)
            .sorted()
            .toList();
    return sorted.isEmpty() ? Optional.empty() : Optional.of(sorted.get(sorted.size() / 2));
  }
}
