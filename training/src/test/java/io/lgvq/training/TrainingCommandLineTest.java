package io.lgvq.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The training side's commands as a user calls them, each in a process of its own. */
class TrainingCommandLineTest {

  @TempDir Path folder;

  private record Ended(int code, String output) {}

  private static Ended run(String... arguments) throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of(
                System.getProperty("java.home") + "/bin/java",
                "-cp",
                System.getProperty("java.class.path"),
                Training.class.getName()));
    command.addAll(List.of(arguments));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes());
    return new Ended(process.waitFor(), output);
  }

  @Test
  void shouldSayInASentenceWhatTheUserCanMend() throws Exception {
    Ended noBundle = run("evaluate", folder.resolve("nothing").toString());
    assertThat(noBundle.code()).isEqualTo(1);
    assertThat(noBundle.output()).contains("lgvq: There is no bundle").doesNotContain("\tat ");
    Ended noPreset = run("train", "--preset", "nothing", "--folder", folder.toString());
    assertThat(noPreset.code()).isEqualTo(1);
    assertThat(noPreset.output())
        .contains("lgvq: there is neither a preset nor a file named nothing")
        .doesNotContain("\tat ");
  }

  @Test
  void shouldRefuseOptionsThatWouldDoNothing() throws Exception {
    Ended kinds = run("train", "--corpus", folder.toString(), "--kinds", "9");
    assertThat(kinds.code()).isEqualTo(2);
    assertThat(kinds.output()).contains("--kinds is of composed scenes");
    Ended keep = run("train", "--keep");
    assertThat(keep.code()).isEqualTo(2);
    assertThat(keep.output()).contains("--keep goes with --tokenizer");
  }

  @Test
  void shouldRefuseAnExperimentOnABackboneOrGuidanceThatIsNone() throws Exception {
    Ended ended = run("experiment", "--report-only", "--backbone", "vq-vea");
    assertThat(ended.code()).isEqualTo(2);
    assertThat(ended.output()).contains("--backbone").contains("vq-gan");
    Ended guidance = run("experiment", "--report-only", "--guidance", "baseline,ras");
    assertThat(guidance.code()).isEqualTo(2);
    assertThat(guidance.output()).contains("--guidance: no 'ras'").contains("mtp+ras");
  }

  @Test
  void shouldReportOnTheGuidanceThatIsNamedAlone() throws Exception {
    Path page = folder.resolve("results.md");
    Ended ended =
        run(
            "experiment",
            "--report-only",
            "--records",
            Path.of("..", "docs", "results").toString(),
            "--guidance",
            "baseline,gsa",
            "--page",
            page.toString());
    assertThat(ended.code()).isZero();
    assertThat(Files.readString(page)).contains("|  | baseline | gsa |\n");
  }
}
