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

  private static final Path DOCUMENTS = Path.of("..", "docs");

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
    assertThat(report("--guidance", "baseline,gsa")).contains("|  | baseline | gsa |\n");
  }

  /** Trainings that are on record are of today's preset, and the committed page is theirs. */
  @Test
  void shouldWriteTheCommittedPageFromTheCommittedRecords() throws Exception {
    String committed = Files.readString(DOCUMENTS.resolve("results.md"));
    assertThat(committed)
        .startsWith("# Does language guidance help?\n\nWritten by `./lgvq experiment`");
    assertThat(report().replaceFirst("`[^`]*`", "`./lgvq experiment`")).isEqualTo(committed);
  }

  @Test
  void shouldWriteThePageOfLongerTrainingsFromTheirRecords() throws Exception {
    Path variants = DOCUMENTS.resolve("results/variants");
    String written =
        report(
            folder.resolve("results-longer.md"),
            variants.resolve("longer"),
            "--preset",
            variants.resolve("longer.yaml").toString(),
            "--backbone",
            "vq-vae",
            "--guidance",
            "baseline,all");
    String committed = Files.readString(DOCUMENTS.resolve("results-longer.md"));
    assertThat(withoutCommand(written)).isEqualTo(withoutCommand(committed));
  }

  private static String withoutCommand(String page) {
    return page.replaceFirst("`[^`]*`", "");
  }

  private String report(String... further) throws Exception {
    return report(folder.resolve("results.md"), DOCUMENTS.resolve("results"), further);
  }

  private static String report(Path page, Path records, String... further) throws Exception {
    List<String> arguments = new ArrayList<>(List.of("experiment", "--report-only"));
    arguments.addAll(List.of("--records", records.toString()));
    arguments.addAll(List.of("--page", page.toString()));
    arguments.addAll(List.of(further));
    Ended ended = run(arguments.toArray(String[]::new));
    assertThat(ended.code()).as(ended.output()).isZero();
    return Files.readString(page);
  }
}
