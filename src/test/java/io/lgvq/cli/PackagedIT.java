package io.lgvq.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.djl.util.cuda.CudaUtils;
import com.fasterxml.jackson.databind.JsonNode;
import io.lgvq.Pictures;
import io.lgvq.cli.shell.Json;
import io.lgvq.operators.bundle.Bundle;
import java.awt.Color;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the packaged application as users do: in processes of its own. */
class PackagedIT {
  private static final Path ROOT = Path.of(System.getProperty("lgvq.root"));
  private static final Path APPLICATION = ROOT.resolve("src/target/quarkus-app");

  private static final long MOST_RESIDENT_BYTES = 1_200_000_000;

  @TempDir private Path folder;

  @Test
  void shouldBringBackEverythingOfEveryImageInTheDemo() throws Exception {
    Path json = folder.resolve("demo.json");
    Ended demo =
        lgvq(
            "demo",
            "--images",
            "3",
            "--exit",
            "--idle",
            "10",
            "--json",
            json.toString(),
            "--out",
            out());
    assertThat(demo.code()).as(demo.output()).isZero();

    JsonNode report = Json.mapper().readTree(json.toFile());
    int codes = Bundle.open(ROOT.resolve("bundles/lgvq-small")).manifest().grid().codes();
    assertThat(report.get("deadLetters").asInt()).isZero();
    assertThat(fields(report)).containsExactly("images", "deadLetters");
    assertThat(report.get("images")).hasSize(3);
    for (JsonNode image : report.get("images")) {
      assertThat(fields(image))
          .containsExactly("id", "codes", "caption", "reconstruction", "latencyMs", "questions");
      assertThat(fields(image.get("latencyMs"))).containsExactly("tokens", "caption");
      assertThat(image.get("codes")).hasSize(codes);
      assertThat(image.get("caption").asText()).isNotBlank();
      assertThat(ImageIO.read(Path.of(image.get("reconstruction").asText()).toFile())).isNotNull();
      assertThat(image.get("latencyMs").get("tokens").asLong()).isPositive();
      assertThat(image.get("questions")).isNotEmpty();
      for (JsonNode question : image.get("questions")) {
        assertThat(fields(question))
            .containsExactly("question", "expected", "answer", "probability");
        assertThat(question.get("answer").asText()).isNotBlank();
        assertThat(question.get("probability").asDouble()).isBetween(0.0, 1.0);
      }
    }
    assertThat(number("memory of all processes (\\d+) MB", demo.output()) << 20)
        .as("resident bytes of all processes at the end of the run")
        .isBetween(1L, MOST_RESIDENT_BYTES);
    // Processor time, which a busy machine hardly changes: 1.5 % is measured, 14 % were before.
    assertThat(number("idle application: (\\d+)\\.\\d % of a core", demo.output())).isLessThan(8);
    assertThat(demo.output()).containsPattern("first caption \\d+\\.\\d s after the command");
    assertThat(Files.readString(Path.of(out(), "index.html")))
        .contains(report.get("images").get(0).get("caption").asText())
        .doesNotContainPattern("(src|href)=\"(?!data:)");
    assertThat(Files.readString(Path.of(out(), "logs/application.log")))
        .as("a stop within the grace period")
        .contains("Stage tokenize: NOT_RUNNING", "lgvq stopped in")
        .doesNotContain("did not stop within");
  }

  @Test
  void shouldFailAndNameWhatIsMissingOfTheUsersOwnPictures() throws Exception {
    Path pictures = Files.createDirectory(folder.resolve("pictures"));
    byte[] ball = Pictures.ball(Color.RED);
    Files.write(pictures.resolve("good.png"), ball);
    Files.copy(ROOT.resolve("samples/scene-000.jpg"), pictures.resolve("good.jpg"));
    Files.write(pictures.resolve("torn.png"), Arrays.copyOf(ball, ball.length / 2));
    Path json = folder.resolve("demo.json");
    Ended demo =
        lgvq(
            "demo",
            "--from",
            pictures.toString(),
            "--question",
            "what is this?",
            "--exit",
            "--json",
            json.toString(),
            "--out",
            out());
    assertThat(demo.code()).as(demo.output()).isEqualTo(1);
    assertThat(demo.output()).contains("missing of torn.png: tokens, caption", "image-corrupt");
    JsonNode report = Json.mapper().readTree(json.toFile());
    assertThat(report.get("deadLetters").asInt()).isEqualTo(1);
    assertThat(report.get("images")).hasSize(3);
    assertThat(report.get("images").get(0).get("id").asText()).isEqualTo("good.jpg");
    assertThat(report.get("images").get(1).get("id").asText()).isEqualTo("good.png");
    for (int good = 0; good < 2; good++) {
      JsonNode image = report.get("images").get(good);
      assertThat(image.get("caption").asText()).isNotBlank();
      assertThat(image.get("questions").get(0).get("answer").asText()).isNotBlank();
    }
    assertThat(report.get("images").get(2).get("caption").isNull()).isTrue();
  }

  @Test
  void shouldStopWithOneSentenceWhenThereIsNoGpuForTheEngine() throws Exception {
    assumeTrue(CudaUtils.getGpuCount() == 0, "this machine has a GPU, so the engine would run");
    Ended wrong = serve("-Dlgvq.engine=cuda", "-Dlgvq.root=" + ROOT);
    assertThat(wrong.code()).as(wrong.output()).isEqualTo(1);
    assertThat(wrong.output().lines())
        .singleElement()
        .asString()
        .startsWith("lgvq.engine=cuda needs an NVIDIA GPU")
        .endsWith(".");
  }

  @Test
  void shouldStopWithOneSentenceWhenTheConfigurationIsWrong() throws Exception {
    Ended wrong = serve("-Dlgvq.batch.max-batch=0");
    assertThat(wrong.code()).isEqualTo(1);
    assertThat(wrong.output().strip())
        .isEqualTo("lgvq.batch.max-batch must be at least 1 but is 0.");
  }

  @Test
  void shouldRefuseToServeWithAnythingButProperties() throws Exception {
    Ended wrong = run(List.of(ROOT.resolve("lgvq").toString(), "serve", "--port", "1"));
    assertThat(wrong.code()).isEqualTo(2);
    assertThat(wrong.output()).contains("-Dproperty=value");
  }

  /** What a process came to. */
  private record Ended(int code, String output) {}

  private String out() {
    return folder.resolve("out").toString();
  }

  /** Through the launcher, as a reader of the README would, but with what this build packaged. */
  private Ended lgvq(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(ROOT.resolve("lgvq").toString()));
    command.addAll(List.of(arguments));
    return run(command);
  }

  private Ended serve(String... properties) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(java(), "-Dquarkus.http.port=0"));
    command.addAll(List.of(properties));
    command.addAll(List.of("-jar", APPLICATION.resolve("quarkus-run.jar").toString()));
    return run(command);
  }

  private Ended run(List<String> command) throws IOException, InterruptedException {
    Path output = folder.resolve("output.txt");
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
    builder.environment().keySet().removeIf(name -> name.startsWith("LGVQ_"));
    builder.environment().put("LGVQ_BUILD", "never");
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    Process process = builder.start();
    if (!process.waitFor(5, TimeUnit.MINUTES)) {
      process.destroyForcibly().waitFor();
    }
    return new Ended(process.exitValue(), Files.readString(output));
  }

  private static List<String> fields(JsonNode object) {
    List<String> names = new ArrayList<>();
    object.fieldNames().forEachRemaining(names::add);
    return names;
  }

  private static long number(String pattern, String output) {
    Matcher matcher = Pattern.compile(pattern).matcher(output);
    assertThat(matcher.find()).as(pattern + " in " + output).isTrue();
    return Long.parseLong(matcher.group(1));
  }

  private static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }
}
