package io.lgvq.training.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class TrainingsTest {

  private final List<String> said = new ArrayList<>();

  @TempDir Path folder;

  private List<Trial> trials(int count) {
    List<Trial> trials = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      trials.add(Trial.of(Cell.grid().get(i), 1, folder.resolve("run"), folder.resolve("records")));
    }
    return trials;
  }

  private Trainings running(String script) {
    return new Trainings(
        trial -> List.of("sh", "-c", script.formatted(trial.report())), "preset a", 2, said::add);
  }

  @Test
  void shouldRunWhatIsNotFinishedAndNothingTwice() throws Exception {
    List<Trial> trials = trials(3);
    Files.createDirectories(trials.get(1).record().getParent());
    Files.writeString(
        trials.get(1).record(), "{\"settings\": \"preset a\", \"report\": {\"slices\": {}}}");

    running("echo trained; echo '{}' > '%s'").run(trials);

    assertThat(trials).allMatch(Trial::finished);
    assertThat(said).filteredOn(line -> line.startsWith("begins")).hasSize(2);
    assertThat(Files.readString(trials.get(0).folder().resolve("log.txt"))).contains("trained");
    running("exit 1 # %s").run(trials);
  }

  @Test
  void shouldNeedTheRecordsAloneToGoOn() throws Exception {
    List<Trial> trials = trials(1);
    running("echo '{}' > '%s'").run(trials);
    Files.delete(trials.get(0).report());

    running("exit 1 # %s").run(trials);

    assertThat(Results.of(trials).count()).isEqualTo(1);
  }

  @Test
  void shouldStopAndNameTheLogIfATrainingFails() {
    assertThatThrownBy(() -> running("exit 3 # %s").run(trials(1)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("vq-vae, baseline, seed 1")
        .hasMessageContaining("log.txt");
  }

  @Test
  void shouldNotTakeACleanEndWithoutResultsForSuccess() {
    assertThatThrownBy(() -> running("exit 0 # %s").run(trials(1))).isInstanceOf(IOException.class);
  }

  /** Killed, it can do nothing any more: no shutdown hook runs. */
  @Test
  @Timeout(60)
  void shouldTakeItsTrainingsWithItWhenItIsKilled() throws Exception {
    Process killed =
        new ProcessBuilder(
                System.getProperty("java.home") + "/bin/java",
                "-cp",
                System.getProperty("java.class.path"),
                Killed.class.getName(),
                folder.toString())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    Path pid = folder.resolve("pid");
    while (!Files.exists(pid)) {
      assertThat(killed.isAlive()).isTrue();
      Thread.sleep(20);
    }
    ProcessHandle training = ProcessHandle.of(Long.parseLong(Files.readString(pid))).orElseThrow();
    try {
      killed.destroyForcibly().waitFor();
      training.onExit().get(20, TimeUnit.SECONDS);
    } finally {
      training.destroyForcibly();
    }
  }

  /** An experiment of one training without end. */
  static final class Killed {
    private Killed() {}

    public static void main(String[] arguments) throws Exception {
      Path folder = Path.of(arguments[0]);
      Trial trial = Trial.of(Cell.grid().get(0), 1, folder.resolve("run"), folder.resolve("out"));
      new Trainings(
              one -> Trainings.again(Endless.class.getName(), List.of(arguments[0])),
              "none",
              1,
              line -> {})
          .run(List.of(trial));
    }
  }

  /** A training without end. */
  static final class Endless {
    private Endless() {}

    public static void main(String[] arguments) throws Exception {
      Leash.heed();
      Path pid = Path.of(arguments[0]).resolve("pid");
      Path draft = pid.resolveSibling("pid.part");
      Files.writeString(draft, Long.toString(ProcessHandle.current().pid()));
      Files.move(draft, pid);
      Thread.sleep(Long.MAX_VALUE);
    }
  }

  @Test
  void shouldStartThisVeryProgramAgain() throws Exception {
    List<String> command =
        Trainings.again("io.lgvq.training.Training", List.of("experiment", "--help"));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes());
    assertThat(process.waitFor()).isZero();
    assertThat(output).contains("--seeds");
  }
}
