package io.lgvq.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.lgvq.Pictures;
import io.lgvq.cli.shell.Json;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** On a bundle with random weights, and on one that has no such heads. */
class PaintAndCompleteTest {
  private static final Path ROOT = Path.of(System.getProperty("lgvq.root"));
  private static final String UNTRAINED =
      ROOT.resolve("operators/src/test/resources/bundles/untrained").toString();

  @TempDir private Path folder;
  private Path ball; // 128 x 96 pixels, of which 96 x 96 in the middle are seen as 8 x 8 codes
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @BeforeEach
  void draw() throws Exception {
    ball = Files.write(folder.resolve("ball.png"), Pictures.ball(Color.RED));
  }

  @Test
  void shouldPaintPicturesThatTheirSeedsGiveAgain() throws Exception {
    String several = folder.resolve("made/cat.png").toString();
    assertThat(run("paint", "a red cat", "--out", several, "--seed", "4", "--count", "3", "--json"))
        .isZero();
    JsonNode pictures = Json.mapper().readTree(out.toString());
    assertThat(pictures.findValuesAsText("file"))
        .containsExactly(
            folder.resolve("made/cat-1.png").toString(),
            folder.resolve("made/cat-2.png").toString(),
            folder.resolve("made/cat-3.png").toString());
    assertThat(pictures.findValuesAsText("seed")).containsExactly("4", "5", "6");
    assertThat(pictures.get(0).get("codes")).hasSize(64).isNotEqualTo(pictures.get(1).get("codes"));
    assertThat(pictures.get(0).get("logProbability").asDouble()).isNegative();

    Path one = folder.resolve("one.png");
    assertThat(run("paint", "a red cat", "--out", one.toString(), "--seed", "5")).isZero();
    assertThat(out.toString()).contains("one.png: seed 5");
    assertThat(one).hasSameBinaryContentAs(folder.resolve("made/cat-2.png"));
    assertThat(ImageIO.read(one.toFile()).getWidth()).isEqualTo(32);
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void shouldSayWhichWordsItDoesNotKnow() throws Exception {
    String file = folder.resolve("x.png").toString();
    assertThat(run("paint", "a red dragon", "--out", file, "--json")).isZero();
    assertThat(Json.mapper().readTree(out.toString()).get(0).get("unknownWords").toString())
        .isEqualTo("[\"dragon\"]");
    assertThat(err.toString()).contains("does not know: dragon");

    assertThat(run("paint", "Drachen fliegen", "--out", file)).isEqualTo(1);
    assertThat(err.toString()).contains("knows none of these words");
  }

  @Test
  void shouldFillWhatTheMaskTouchesAndNothingElse() throws Exception {
    assertThat(run("tokenize", "--json", ball.toString())).isZero();
    List<Integer> given = codes(Json.mapper().readTree(out.toString()).get(0));
    Path file = folder.resolve("filled.png");
    // Pixels 40 to 63 are columns 2 and 3 of the codes, pixels 12 to 35 rows 1 and 2.
    String mask = "40,12,24,24";
    assertThat(complete("--mask", mask, "--out", file.toString(), "--json")).isZero();
    JsonNode image = Json.mapper().readTree(out.toString()).get(0);
    List<Integer> holes = new ArrayList<>();
    image.get("madeUp").forEach(place -> holes.add(place.asInt()));
    assertThat(holes).containsExactly(10, 11, 18, 19);
    List<Integer> filled = codes(image);
    IntStream.range(0, 64)
        .filter(place -> !holes.contains(place))
        .forEach(place -> assertThat(filled.get(place)).isEqualTo(given.get(place)));
    BufferedImage picture = ImageIO.read(file.toFile());
    assertThat(picture.getWidth()).isEqualTo(image.get("width").asInt());
    assertThat(image.get("seed").isNull()).isTrue();

    assertThat(complete("--mask", mask, "--out", file.toString(), "--json")).isZero();
    assertThat(codes(Json.mapper().readTree(out.toString()).get(0))).isEqualTo(filled);
    assertThat(complete("--mask", "16,0,96,96", "--out", file.toString(), "--seed", "3", "--json"))
        .isZero();
    List<Integer> drawn = codes(Json.mapper().readTree(out.toString()).get(0));
    assertThat(complete("--mask", "16,0,96,96", "--out", file.toString(), "--seed", "4", "--json"))
        .isZero();
    assertThat(codes(Json.mapper().readTree(out.toString()).get(0))).isNotEqualTo(drawn);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0,0,0,5",
        "0,0,5,-1",
        "-1,0,5,5",
        "1,2,3",
        "1,2,3,4,5",
        "a,b,c,d",
        "",
        "1;2;3;4",
        "0,0,1.5,2",
        "0,0,99999999999,5",
        "120,90,20,2",
        "128,96,1,1",
        "2147483647,0,2147483647,1",
        "0,0,16,96"
      })
  void shouldRefuseAMaskThatIsNone(String mask) {
    Path file = folder.resolve("filled.png");
    assertThat(complete("--mask=" + mask, "--out", file.toString())).isEqualTo(2);
    assertThat(err.toString()).contains("--mask").doesNotContain("Exception");
    assertThat(file).doesNotExist();
  }

  @Test
  void shouldTellUsageMistakesFromFailures() {
    String file = folder.resolve("x.png").toString();
    assertThat(run("paint", "a cat")).isEqualTo(2);
    assertThat(run("paint", " ?! ", "--out", file)).isEqualTo(2);
    assertThat(run("paint", "a cat", "--out", "x.jpg")).isEqualTo(2);
    assertThat(run("paint", "a cat", "--out", file, "--count", "0")).isEqualTo(2);
    assertThat(run("paint", "a cat", "--out", file, "--temperature", "-1")).isEqualTo(2);
    assertThat(run("paint", "a cat", "--out", file, "--temperature", "NaN")).isEqualTo(2);
    assertThat(run("paint", "a cat", "--out", file, "--top-k", "-1")).isEqualTo(2);
    assertThat(run("paint", "a cat", "--out", file, "--guidance", "-2")).isEqualTo(2);
    assertThat(run("complete", ball.toString(), "--out", file)).isEqualTo(2);
    assertThat(complete("--mask", "20,0,5,5")).isEqualTo(2);
    assertThat(complete("--mask", "20,0,5,5", "--out", file, "--seed", "x")).isEqualTo(2);

    Path missing = folder.resolve("missing.png");
    assertThat(run("complete", missing.toString(), "--mask", "0,0,5,5", "--out", file))
        .isEqualTo(1);
    assertThat(run("paint", "a cat", "--out", ball.resolve("below.png").toString())).isEqualTo(1);
    assertThat(err.toString()).contains("missing.png", "below.png cannot be written");
    assertThat(Path.of(file)).doesNotExist();
  }

  @Test
  void shouldSayThatABundleHasNoSuchHead() throws Exception {
    Path without = Files.createDirectory(folder.resolve("without"));
    try (var files = Files.list(Path.of(UNTRAINED))) {
      for (Path file : files.toList()) {
        Files.copy(file, without.resolve(file.getFileName()));
      }
    }
    Path manifest = without.resolve("bundle.yaml");
    Files.writeString(
        manifest,
        Files.readString(manifest)
            .replaceAll("(?m)^  (paintMemory|paintStep|complete): .*\\n", ""));
    String file = folder.resolve("x.png").toString();
    assertThat(runOn(without.toString(), "paint", "a cat", "--out", file)).isEqualTo(1);
    assertThat(
            runOn(
                without.toString(),
                "complete",
                ball.toString(),
                "--mask",
                "20,0,5,5",
                "--out",
                file))
        .isEqualTo(1);
    assertThat(err.toString().lines())
        .satisfiesExactly(
            paint -> assertThat(paint).contains("without has no paint head, so it cannot paint"),
            complete -> assertThat(complete).contains("without has no complete head"));
  }

  private static List<Integer> codes(JsonNode image) {
    List<Integer> codes = new ArrayList<>();
    image.get("codes").forEach(code -> codes.add(code.asInt()));
    return codes;
  }

  private int complete(String... options) {
    List<String> arguments = new ArrayList<>(List.of("complete", ball.toString()));
    arguments.addAll(List.of(options));
    return run(arguments.toArray(String[]::new));
  }

  private int run(String... arguments) {
    return runOn(UNTRAINED, arguments);
  }

  /** Runs a command afresh; what is said on standard error adds up. */
  private int runOn(String bundle, String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--bundle", bundle));
    out.getBuffer().setLength(0);
    CommandLine line = Lgvq.line();
    line.setOut(new PrintWriter(out, true));
    line.setErr(new PrintWriter(err, true));
    return line.execute(all.toArray(String[]::new));
  }
}
