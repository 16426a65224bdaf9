package io.lgvq.training;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lgvq.operators.image.Pixels;
import io.lgvq.operators.image.PngEncoder;
import io.lgvq.training.export.BundleWriter;
import io.lgvq.training.release.UntrainedBundle;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** {@code evaluate}, on a bundle that knows nothing and one grey picture. */
class EvaluateCommandTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path folder;
  private Path bundle;

  @BeforeEach
  void write() throws IOException {
    bundle = folder.resolve("bundle");
    UntrainedBundle.write(bundle, UntrainedBundle.tiny(), 16);
    Files.write(
        folder.resolve("grey.png"), PngEncoder.encode(new Pixels(32, 32, new byte[3 * 32 * 32])));
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < 600; i++) {
      lines.append(
          """
          {"id": "%d", "image": "grey.png", "captions": ["a cat"], "questions": [{"question": "what is it", "answer": "cat"}]}
          """
              .formatted(i));
    }
    Files.writeString(folder.resolve("mine.jsonl"), lines);
  }

  @Test
  void shouldShowWhatTrainingFoundWithoutSightBesideTheSameImagesAlone() throws IOException {
    JsonNode measured = evaluate("8");
    String split = measured.get("slices").fieldNames().next();
    assertThat(answers(measured, split).has("questionOnly")).isFalse();
    assertThat(measured.get("slices").get(split).has("painted")).as("--made 0").isFalse();

    ObjectNode told = measured.deepCopy();
    ((ObjectNode) answers(told, split))
        .putObject("questionOnly")
        .put("value", 0.25)
        .put("low", 0.2)
        .put("high", 0.3);
    BundleWriter.describe(bundle, JSON.convertValue(told, new TypeReference<>() {}), Map.of());

    assertThat(answers(evaluate("8"), split).at("/questionOnly/value").asDouble()).isEqualTo(0.25);
    assertThat(answers(evaluate("4"), split).has("questionOnly")).isFalse();
  }

  private static JsonNode answers(JsonNode report, String split) {
    return report.get("slices").get(split).get("answers");
  }

  private JsonNode evaluate(String limit) throws IOException {
    StringWriter out = new StringWriter();
    CommandLine line = Training.commandLine();
    line.setOut(new PrintWriter(out, true));
    assertThat(
            line.execute(
                "evaluate",
                bundle.toString(),
                "--corpus",
                folder.resolve("mine.jsonl").toString(),
                "--limit",
                limit,
                "--made",
                "0",
                "--no-frechet",
                "--json"))
        .isZero();
    return JSON.readTree(out.toString());
  }
}
