package io.lgvq.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.djl.util.cuda.CudaUtils;
import com.fasterxml.jackson.databind.JsonNode;
import io.lgvq.Pictures;
import io.lgvq.cli.shell.Json;
import java.awt.Color;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class CommandLineTest {
  private static final String BUNDLE =
      Path.of(System.getProperty("lgvq.root"), "bundles/lgvq-small").toString();

  @TempDir private Path folder;
  private Path ball;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @BeforeEach
  void draw() throws Exception {
    ball = Files.write(folder.resolve("ball.png"), Pictures.ball(Color.RED));
  }

  @Test
  void shouldPrintTheSameCodesForTheSameImage() throws Exception {
    assertThat(run("tokenize", "--json", "--bundle", BUNDLE, ball.toString(), ball.toString()))
        .isZero();
    JsonNode images = Json.mapper().readTree(out.toString());
    assertThat(images).hasSize(2);
    assertThat(images.get(0).get("codes")).isNotEmpty().isEqualTo(images.get(1).get("codes"));
    assertThat(images.get(0).get("codes").size())
        .isEqualTo(
            images.get(0).get("height").asInt()
                * images.get(0).get("width").asInt()
                * images.get(0).get("depth").asInt());
  }

  @Test
  void shouldCaptionImage() throws Exception {
    assertThat(run("caption", "--json", "--beam", "2", "--bundle", BUNDLE, ball.toString()))
        .isZero();
    JsonNode image = Json.mapper().readTree(out.toString()).get(0);
    assertThat(image.get("caption").asText()).isNotBlank();
    assertThat(image.get("logProbability").asDouble()).isNegative();
    assertThat(image.get("alternatives")).hasSize(1);
  }

  @Test
  void shouldAnswerQuestion() throws Exception {
    assertThat(run("ask", "--json", "--bundle", BUNDLE, ball.toString(), "what is this?")).isZero();
    JsonNode image = Json.mapper().readTree(out.toString()).get(0);
    assertThat(image.get("question").asText()).isEqualTo("what is this?");
    assertThat(image.get("probability").asDouble()).isBetween(0.0, 1.0);
  }

  @Test
  void shouldWriteReconstructionAsPng() throws Exception {
    assertThat(
            run(
                "reconstruct",
                "--json",
                "--bundle",
                BUNDLE,
                "--out",
                folder.toString(),
                ball.toString()))
        .isZero();
    JsonNode image = Json.mapper().readTree(out.toString()).get(0);
    var picture = ImageIO.read(Path.of(image.get("reconstruction").asText()).toFile());
    assertThat(picture.getWidth()).isEqualTo(image.get("width").asInt());
  }

  @Test
  void shouldWriteAReconstructionOfItsOwnForEachImageOfTheSameName() throws Exception {
    Path other = Files.createDirectory(folder.resolve("other"));
    Path same = Files.write(other.resolve("ball.png"), Pictures.ball(Color.BLUE));
    Path numbered = Files.write(folder.resolve("ball-2.jpg"), Pictures.ball(Color.GREEN));
    String out = folder.resolve("out").toString();
    assertThat(
            run(
                "reconstruct",
                "--json",
                "--bundle",
                BUNDLE,
                "--out",
                out,
                ball.toString(),
                same.toString(),
                numbered.toString()))
        .isZero();
    JsonNode images = Json.mapper().readTree(this.out.toString());
    assertThat(images.findValuesAsText("reconstruction")).hasSize(3).doesNotHaveDuplicates();
    for (String file : images.findValuesAsText("reconstruction")) {
      assertThat(Path.of(file)).isRegularFile();
    }
  }

  @Test
  void shouldFailBeforeTheDemoRunsWhenItsResultsCannotBeWritten() {
    Path nowhere = folder.resolve("missing/demo.json");
    String out = folder.resolve("out").toString();
    assertThat(
            run("demo", "--exit", "--bundle", BUNDLE, "--out", out, "--json", nowhere.toString()))
        .isEqualTo(1);
    assertThat(run("demo", "--exit", "--bundle", BUNDLE, "--out", out, "--json", out)).isEqualTo(1);
    assertThat(err.toString().lines())
        .satisfiesExactly(
            missing -> assertThat(missing).contains("demo.json", "there is no folder"),
            isFolder -> assertThat(isFolder).contains("it is a folder"));
    assertThat(this.out.toString()).isEmpty();
  }

  @Test
  void shouldWorkOnGoodImagesAndFailWhenOneIsBad() throws Exception {
    Path bad = Files.writeString(folder.resolve("bad.png"), "no picture");
    int code =
        run(
            "caption",
            "--json",
            "--bundle",
            BUNDLE,
            bad.toString(),
            ball.toString(),
            folder.resolve("missing.png").toString());
    assertThat(code).isEqualTo(1);
    JsonNode images = Json.mapper().readTree(out.toString());
    assertThat(images.get(0).get("error").get("reason").asText())
        .isEqualTo("image-unsupported-format");
    assertThat(images.get(1).get("caption").asText()).isNotBlank();
    assertThat(images.get(2).get("error").get("reason").asText()).isEqualTo("file-missing");
    assertThat(err.toString()).contains("bad.png", "missing.png");
  }

  @Test
  void shouldFailWithOneSentenceWhenThereIsNoBundle() {
    assertThat(run("tokenize", "--bundle", folder.toString(), ball.toString())).isEqualTo(1);
    assertThat(err.toString().lines()).singleElement().asString().contains(folder.toString());
  }

  @Test
  void shouldFailWithOneSentenceWhenThereIsNoGpuForItsEngine() {
    assumeTrue(CudaUtils.getGpuCount() == 0, "this machine has a GPU, so the engine would run");
    assertThat(run("caption", "--engine", "cuda", "--bundle", BUNDLE, ball.toString()))
        .isEqualTo(1);
    assertThat(out.toString()).isEmpty();
    assertThat(err.toString().lines())
        .singleElement()
        .asString()
        .contains("lgvq.engine=cuda needs an NVIDIA GPU");
  }

  @Test
  void shouldFindBundleGoodAndSayWhatIsWrongWithDamagedOne() throws Exception {
    assertThat(run("bundle", "verify", "--json", BUNDLE)).isZero();
    assertThat(Json.mapper().readTree(out.toString()).get("good").asBoolean()).isTrue();

    Path damaged = Files.createDirectory(folder.resolve("damaged"));
    try (var files = Files.list(Path.of(BUNDLE))) {
      for (Path file : files.toList()) {
        Files.copy(file, damaged.resolve(file.getFileName()));
      }
    }
    Files.write(damaged.resolve("decoder.onnx"), new byte[] {1});
    out.getBuffer().setLength(0);
    assertThat(run("bundle", "verify", "--json", damaged.toString())).isEqualTo(1);
    assertThat(Json.mapper().readTree(out.toString()).get("problems").get(0).asText())
        .contains("decoder.onnx");
  }

  @Test
  void shouldPrintWhatBundleIs() throws Exception {
    assertThat(run("bundle", "inspect", "--json", "lgvq-small")).isZero();
    JsonNode facts = Json.mapper().readTree(out.toString());
    assertThat(facts.get("codebook").get("size").asInt()).isPositive();
    assertThat(facts.get("grid").get("height").asInt()).isPositive();
  }

  @Test
  void shouldNameImportAmongWhatBundleCanDo() {
    assertThat(run("bundle", "--help")).isZero();
    assertThat(out.toString()).contains("inspect", "verify", "import");
  }

  @Test
  void shouldTellUsageMistakesFromFailures() {
    assertThat(run()).isEqualTo(2);
    assertThat(run("tokenize")).isEqualTo(2);
    assertThat(run("ask", ball.toString())).isEqualTo(2);
    assertThat(run("ask", "--bundle", BUNDLE, ball.toString(), " ")).isEqualTo(2);
    assertThat(run("caption", "--beam", "0", "--bundle", BUNDLE, ball.toString())).isEqualTo(2);
    assertThat(run("bundle")).isEqualTo(2);
    assertThat(run("demo", "--images", "0")).isEqualTo(2);
    assertThat(run("demo", "--question", "why?")).isEqualTo(2);
    assertThat(run("juggle")).isEqualTo(2);
    assertThat(run("--help")).isZero();
  }

  private int run(String... arguments) {
    CommandLine line = Lgvq.line();
    line.setOut(new PrintWriter(out, true));
    line.setErr(new PrintWriter(err, true));
    return line.execute(arguments);
  }
}
