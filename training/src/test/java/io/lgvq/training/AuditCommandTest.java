package io.lgvq.training;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.lgvq.operators.bundle.Bundle;
import io.lgvq.operators.image.Pixels;
import io.lgvq.operators.image.PngEncoder;
import io.lgvq.training.release.UntrainedBundle;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** {@code audit}, on a bundle that knows nothing and pictures of two shades. */
class AuditCommandTest {

  @TempDir Path folder;
  private Path bundle;
  private Path corpus;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @BeforeEach
  void write() throws IOException {
    bundle = folder.resolve("bundle");
    UntrainedBundle.write(bundle, UntrainedBundle.tiny(), 16);
    Files.write(folder.resolve("dark.png"), png(20));
    Files.write(folder.resolve("bright.png"), png(230));
    corpus = Files.writeString(folder.resolve("mine.jsonl"), lines(1200));
  }

  @Test
  void shouldPrintTablesAndWriteAllComparisonsAndThePictures() throws IOException {
    Path json = folder.resolve("audit.json");
    Path pictures = folder.resolve("pictures");

    assertThat(run("--json", json.toString(), "--pictures", pictures.toString())).isZero();

    assertThat(out.toString())
        .contains("Where untrained 0.0.1 does worse, on mine.jsonl.", "PSNR, worst first");
    JsonNode report = new ObjectMapper().readTree(json.toFile());
    assertThat(report.get("compared").asInt()).isEqualTo(report.get("findings").size());
    assertThat(report.get("findings").findValuesAsText("trait")).contains("object", "shade");
    // One of two flat shades is farther from what random weights make of it.
    assertThat(pictures.resolve("failures.png")).isNotEmptyFile();
    assertThat(Bundle.verify(bundle)).isEmpty();
    assertThat(bundle.resolve("failures.png")).doesNotExist();
  }

  @Test
  void shouldPutTheSectionIntoTheCardAndKeepTheBundleWhole() throws IOException {
    assertThat(run("--card", "--markdown")).isZero();

    String card = Files.readString(bundle.resolve("MODEL_CARD.md"));
    assertThat(card)
        .startsWith("# Untrained")
        .contains("## Bias", "--corpus <images> --limit 1000", "(failures.png)")
        .endsWith(out.toString());
    assertThat(Bundle.verify(bundle)).isEmpty();
    assertThat(Bundle.open(bundle).manifest().files()).containsKey("failures.png");

    byte[] pictures = Files.readAllBytes(bundle.resolve("failures.png"));
    assertThat(run("--card")).isZero();
    assertThat(bundle.resolve("MODEL_CARD.md")).hasContent(card);
    assertThat(bundle.resolve("failures.png")).hasBinaryContent(pictures);
  }

  @Test
  void shouldPutNoCardIntoAZip() throws IOException {
    Path zip = folder.resolve("bundle.zip");
    try (var files = Files.list(bundle);
        var zipped = new ZipOutputStream(Files.newOutputStream(zip))) {
      for (Path file : files.toList()) {
        zipped.putNextEntry(new ZipEntry(file.getFileName().toString()));
        Files.copy(file, zipped);
      }
    }

    assertThat(execute("audit", zip.toString(), "--corpus", corpus.toString(), "--card"))
        .isEqualTo(1);
    assertThat(err.toString().lines())
        .singleElement()
        .asString()
        .startsWith("lgvq: --card needs a bundle that is a folder");
  }

  private int run(String... more) {
    List<String> arguments =
        new ArrayList<>(List.of("audit", bundle.toString(), "--corpus", corpus.toString()));
    arguments.addAll(List.of(more));
    return execute(arguments.toArray(String[]::new));
  }

  private int execute(String... arguments) {
    CommandLine line = Training.commandLine();
    line.setOut(new PrintWriter(out, true));
    line.setErr(new PrintWriter(err, true));
    return line.execute(arguments);
  }

  private static String lines(int count) {
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < count; i++) {
      boolean dark = i % 2 == 0;
      lines.append(
          """
          {"id": "%d", "image": "%s.png", "captions": ["a %s"], "objects": ["%s"], "traits": {"shade": "%s"}, "questions": [{"question": "what is in the picture", "answer": "%s"}]}
          """
              .formatted(
                  i,
                  dark ? "dark" : "bright",
                  dark ? "cat" : "dog",
                  dark ? "cat" : "dog",
                  dark ? "dark" : "bright",
                  dark ? "cat" : "dog"));
    }
    return lines.toString();
  }

  private static byte[] png(int shade) {
    byte[] rgb = new byte[3 * 32 * 32];
    Arrays.fill(rgb, (byte) shade);
    return PngEncoder.encode(new Pixels(32, 32, rgb));
  }
}
