package io.lgvq.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launcher on a clone that holds nothing else, with a Maven that only talks. */
class LauncherTest {
  private static final Path ROOT = Path.of(System.getProperty("lgvq.root"));
  private static final String REPOSITORY = "[INFO] Downloaded from central: https://repo/";

  @TempDir private Path clone;

  @BeforeEach
  void lay() throws Exception {
    Files.copy(ROOT.resolve("lgvq"), clone.resolve("lgvq"));
    Path maven = Files.createDirectories(clone.resolve("bin")).resolve("mvn");
    Files.writeString(
        maven,
        """
        #!/usr/bin/env bash
        echo "[INFO] Building LG-VQ Streams: application 0.1.0-SNAPSHOT            [1/1]"
        echo "%1$sa/1.0/a-1.0.pom (512 B at 12 kB/s)"
        echo "%1$sa/1.0/a-1.0.jar (900 kB at 1.2 MB/s)"
        echo "%1$sb/1.0/b-1.0.jar (1.9 MB at 12 MB/s)"
        echo "%1$sc/1.0/c-1.0.jar (106 MB at 34 MB/s)"
        mkdir -p src/target/quarkus-app
        touch src/target/quarkus-app/quarkus-run.jar
        """
            .formatted(REPOSITORY));
    assertThat(maven.toFile().setExecutable(true)).isTrue();
  }

  @Test
  void shouldSayHowMuchABuildFetched() throws Exception {
    assertThat(lgvq(Map.of()))
        .contains("[1/1] LG-VQ Streams: application", "fetched c-1.0.jar, 106 MB")
        .containsPattern("(?m)^  fetched 4 files, 108 MB$");
  }

  @Test
  void shouldBuildAgainWhenTheProfileChangesAndNotOtherwise() throws Exception {
    assertThat(lgvq(Map.of("LGVQ_MVN_OPTS", "-o"))).contains("Building the application");
    assertThat(lgvq(Map.of())).doesNotContain("Building");
    assertThat(lgvq(Map.of("LGVQ_MVN_OPTS", "-o -Pgpu"))).contains("Building the application");
    assertThat(lgvq(Map.of("LGVQ_MVN_OPTS", "-Pgpu"))).doesNotContain("Building");
    assertThat(lgvq(Map.of())).contains("Building the application");
  }

  @Test
  void shouldBuildNothingWhereThatIsForbidden() throws Exception {
    Map<String, String> never = Map.of("LGVQ_BUILD", "never");
    assertThat(lgvq(never).strip())
        .isEqualTo("lgvq: the application is not built, and LGVQ_BUILD=never forbids to build it");
    lgvq(Map.of());
    assertThat(lgvq(never)).doesNotContain("Building", "forbids");
  }

  @Test
  void shouldImportForeignWeightsWithTheTrainingModuleAndReadBundlesWithout() throws Exception {
    Map<String, String> never = Map.of("LGVQ_BUILD", "never");
    assertThat(lgvq(never, "bundle", "import", "x.safetensors"))
        .startsWith("lgvq: the training module is not built");
    assertThat(lgvq(never, "bundle", "verify", "x"))
        .startsWith("lgvq: the application is not built");
    assertThat(lgvq(never, "bundle", "--help")).startsWith("lgvq: the application is not built");
  }

  /** What it says, before the JVM that it starts finds no classes. */
  private String lgvq(Map<String, String> environment) throws Exception {
    return lgvq(environment, "caption");
  }

  private String lgvq(Map<String, String> environment, String... arguments) throws Exception {
    Path output = clone.resolve("output.txt");
    List<String> command = new ArrayList<>(List.of(clone.resolve("lgvq").toString()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
    builder.environment().keySet().removeIf(name -> name.startsWith("LGVQ_"));
    builder.environment().putAll(environment);
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().merge("PATH", "", (path, none) -> clone.resolve("bin") + ":" + path);
    Process process = builder.start();
    if (!process.waitFor(5, TimeUnit.MINUTES)) {
      process.destroyForcibly().waitFor();
    }
    assertThat(process.exitValue()).isEqualTo(1);
    return Files.readString(output);
  }
}
