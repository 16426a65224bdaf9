package io.lgvq.cli.demo;

import io.lgvq.schemas.event.Answer;
import io.lgvq.schemas.event.AnswerStatus;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/**
 * What the demo says on the terminal: one line for each thing that happens, with the time since the
 * command was given.
 *
 * <p>Threading: any thread may speak; captions and answers come from one.
 */
final class Screen {
  private final PrintWriter out;
  private final long began;
  private final boolean colour;
  private Optional<Duration> firstCaption = Optional.empty();

  /**
   * @param out the terminal
   * @param colour whether it shows colours
   * @param since when the command was given
   */
  Screen(PrintWriter out, boolean colour, Instant since) {
    this.out = out;
    // The wall clock tells what passed before this JVM; from here on a clock that never jumps does.
    this.began = System.nanoTime() - Math.max(0, Duration.between(since, Instant.now()).toNanos());
    this.colour = colour;
  }

  /** Time since the command was given. */
  Duration elapsed() {
    return Duration.ofNanos(System.nanoTime() - began);
  }

  /** A step of the start is done. */
  void step(String what, String detail) {
    line("%-12s %s", what, detail);
  }

  /** A line of its own, without the time. */
  void plain(String text) {
    out.println(text);
    out.flush();
  }

  /** When the first caption was shown, if one was. */
  Optional<Duration> firstCaption() {
    return firstCaption;
  }

  void captioned(SceneProgress scene) {
    firstCaption = firstCaption.or(() -> Optional.of(elapsed()));
    scene
        .caption()
        .ifPresent(
            caption ->
                line(
                    "%-18s %s  %s",
                    scene.scene().id(),
                    bold(caption.getText()),
                    dim(milliseconds(scene.captionLatency()))));
  }

  void answered(SceneProgress scene, Answer answer) {
    Optional<String> expected =
        scene.scene().questions().stream()
            .filter(question -> question.id().equals(answer.getQuestionId()))
            .findFirst()
            .flatMap(Scene.Asked::expected);
    line("%-18s   %s %s", scene.scene().id(), answer.getQuestion(), given(answer, expected));
  }

  void refused(String imageId, String reason) {
    line("%-18s refused, %s", imageId, reason);
  }

  void refusedQuestion(String imageId, String reason) {
    line("%-18s   question refused, %s", imageId, reason);
  }

  private String given(Answer answer, Optional<String> expected) {
    if (answer.getStatus() == AnswerStatus.UNKNOWN_IMAGE) {
      return "the image did not come in time";
    }
    String said =
        bold(answer.getText())
            + dim(String.format(Locale.ROOT, " %.2f", answer.getProbability()))
            + (answer.getStatus() == AnswerStatus.UNSURE ? dim(" unsure") : "");
    return expected
        .map(
            truth ->
                truth.equals(answer.getText())
                    ? said + paint("32", " \u2713")
                    : said + paint("31", " \u2717 " + truth))
        .orElse(said);
  }

  private void line(String format, Object... arguments) {
    plain(
        String.format(Locale.ROOT, "%7.1f s  ", elapsed().toMillis() / 1000.0)
            + String.format(Locale.ROOT, format, arguments));
  }

  private static String milliseconds(Optional<Duration> latency) {
    return latency.map(Duration::toMillis).map(ms -> ms + " ms").orElse("");
  }

  private String bold(String text) {
    return paint("1", text);
  }

  private String dim(String text) {
    return paint("2", text);
  }

  private String paint(String code, String text) {
    return colour ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
  }
}
