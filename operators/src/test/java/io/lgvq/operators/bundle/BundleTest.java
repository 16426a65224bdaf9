package io.lgvq.operators.bundle;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lgvq.operators.drift.CodeReference;
import io.lgvq.operators.drift.Spread;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BundleTest {

  @TempDir Path folder;

  @BeforeEach
  void makeBundle() throws IOException {
    HandmadeBundle.in(folder);
  }

  @Test
  void shouldOpenFolder() {
    Bundle bundle = Bundle.open(folder);

    assertThat(bundle.codebook().size()).isEqualTo(HandmadeBundle.CODES);
    assertThat(bundle.vocabulary().word(4)).isEqualTo("cat");
    assertThat(bundle.answers()).containsExactly("yes", "no");
    assertThat(bundle.graph(Graph.ENCODER)).asString().isEqualTo("any bytes");
    assertThat(bundle.sizes()).containsEntry("codebook.bin", 32);
    assertThat(Bundle.verify(folder)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "handmade-1.0.0/"})
  void shouldOpenZipWithAndWithoutFolder(String prefix, @TempDir Path elsewhere)
      throws IOException {
    Path zip = elsewhere.resolve("bundle.zip");
    try (var out = new ZipOutputStream(Files.newOutputStream(zip));
        var files = Files.list(folder)) {
      for (Path file : files.toList()) {
        out.putNextEntry(new ZipEntry(prefix + file.getFileName()));
        Files.copy(file, out);
      }
    }

    assertThat(Bundle.open(zip).manifest()).isEqualTo(Bundle.open(folder).manifest());
    assertThat(Bundle.open(zip).answers()).containsExactly("yes", "no");
  }

  @Test
  void shouldReadWhatItWrote() {
    BundleManifest written = Bundle.open(folder).manifest();

    assertThat(ManifestYaml.read(ManifestYaml.write(written))).isEqualTo(written);
  }

  @Test
  void shouldSayThatThereIsNoBundle() {
    assertProblem(folder.resolve("nowhere"), "There is no bundle at " + folder.resolve("nowhere"));
  }

  @Test
  void shouldSayThatManifestIsMissing() throws IOException {
    Files.delete(folder.resolve(BundleManifest.FILE));

    assertProblem(folder, "holds no bundle.yaml");
  }

  @Test
  void shouldSayThatFileIsNoZip() {
    assertProblem(folder.resolve("answers.txt"), "neither a folder nor a readable zip file");
  }

  @Test
  void shouldSayWhichFileIsMissing() throws IOException {
    Files.delete(folder.resolve("encoder.onnx"));

    assertProblem(folder, "File encoder.onnx is missing.");
  }

  @Test
  void shouldSayWhichFileWasChanged() throws IOException {
    Files.writeString(folder.resolve("encoder.onnx"), "other bytes");

    assertProblem(folder, "File encoder.onnx was changed after release");
  }

  @Test
  void shouldSayThatCodebookHasWrongSize() throws IOException {
    edit("size: 4", "size: 5");

    assertProblem(folder, "Codebook codebook.bin has the wrong size: 5 vectors of 2 values");
  }

  @Test
  void shouldSayThatCodebookDigestDiffers() throws IOException {
    String digest = Bundle.open(folder).codebook().digest();
    edit("digest: \"?" + digest + "\"?", "digest: \"" + "0".repeat(64) + "\"");

    assertProblem(folder, "and codebook.digest says 000");
  }

  @Test
  void shouldHaveTheReferenceThatItsManifestNames() throws IOException {
    assertThat(Bundle.open(folder).reference()).isEmpty();

    CodeReference reference = refer(Bundle.open(folder).codebook().digest(), 3, 1, 0, 4);

    assertThat(Bundle.open(folder).reference()).contains(reference);
    assertThat(Bundle.verify(folder)).isEmpty();
  }

  @Test
  void shouldSayThatReferenceIsOfAnotherCodebook() throws IOException {
    refer("0".repeat(64), 3, 1);

    assertProblem(folder, "Reference codes.json counts 2 codes of codebook 000");
  }

  @Test
  void shouldSayWhatIsWrongWithReference() throws IOException {
    refer(Bundle.open(folder).codebook().digest(), 3, 1, 0, 4);
    String json = Files.readString(folder.resolve("codes.json"));
    String broken = json.replace("\"images\" : 2", "\"images\" : 0");
    edit(
        "\"" + Sha256.of(folder.resolve("codes.json")) + "\"",
        "\"" + Sha256.of(broken.getBytes(UTF_8)) + "\"");
    Files.writeString(folder.resolve("codes.json"), broken);

    assertProblem(
        folder, "Reference codes.json is wrong: it is no code reference: images must be positive.");
  }

  private CodeReference refer(String codebook, long... counts) throws IOException {
    var reference =
        new CodeReference(
            codebook,
            "the test",
            2,
            counts,
            new Spread(1, 0.5),
            new CodeReference.Windows(1, 2, new Spread(2, 0.1), new Spread(0.2, 0.1)));
    byte[] json = ReferenceJson.write(reference);
    Files.write(folder.resolve("codes.json"), json);
    edit("models:", "reference: codes.json\nmodels:");
    edit("files:", "files:\n  codes.json: \"" + Sha256.of(json) + "\"");
    return reference;
  }

  @Test
  void shouldRefuseUnknownFormatVersion() throws IOException {
    edit("format: 1", "format: 2");

    assertProblem(folder, "has format version 2, and this program reads version 1 only.");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "name: handmade|name: [|bundle.yaml is malformed (line",
        "name: handmade||at name: the value is missing",
        "fit: crop|fit: squeeze|at image.fit",
        "depth: 1|deepness: 1|malformed at grid.depth: the value is missing",
        "depth: 1|{depth: 1}|malformed (line ",
        "licence: Apache-2.0|licence: MIT<br>license: MIT|at license: there is no such key",
        "depth: 1|depth: 0|grid.height, grid.width and grid.depth must be positive",
        "height: 2|height: many|at grid.height",
        "answerThreshold: 0.3|answerThreshold: 1.3|answerThreshold must be in 0..1 but is 1.3",
        "answerThreshold: 0.3||at answerThreshold",
        "encoder: encoder.onnx|captionStep: encoder.onnx|captionMemory and captionStep go together",
        "encoder: encoder.onnx|paintStep: encoder.onnx|paintMemory and paintStep go together",
      })
  void shouldNameWhatIsMalformed(String before, String after, String complaint) throws IOException {
    edit(before, after == null ? "" : after);

    assertProblem(folder, complaint);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "just text", "- a\n- b", "\u0000", "&a [*a, *a]", "name: x"})
  void shouldRefuseWhatIsNoManifest(String text) throws IOException {
    Files.writeString(folder.resolve(BundleManifest.FILE), text);

    assertProblem(folder, "bundle.yaml");
  }

  @Test
  void shouldNotReachOutsideItsFolder() throws IOException {
    edit("encoder: encoder.onnx", "encoder: ../encoder.onnx");

    assertProblem(folder, "File ../encoder.onnx is missing.");
  }

  @Test
  void shouldListAllProblems() throws IOException {
    Files.delete(folder.resolve("answers.txt"));
    Files.writeString(folder.resolve("encoder.onnx"), "other bytes");
    Files.writeString(folder.resolve("vocabulary.txt"), "cat\n");

    assertThat(Bundle.verify(folder))
        .anyMatch(problem -> problem.contains("answers.txt is missing"))
        .anyMatch(problem -> problem.contains("encoder.onnx was changed"))
        .anyMatch(problem -> problem.contains("Vocabulary vocabulary.txt is wrong"));
  }

  @Test
  void shouldNoticeFileThatIsChangedAfterOpening() throws IOException {
    Bundle bundle = Bundle.open(folder);
    Files.writeString(folder.resolve("encoder.onnx"), "other bytes");

    assertThatThrownBy(() -> bundle.graph(Graph.ENCODER))
        .isInstanceOf(BundleException.class)
        .hasMessageContaining("encoder.onnx was changed after the bundle was opened");
  }

  @Test
  void shouldNameGraphThatBundleLacks() {
    assertThatThrownBy(() -> Bundle.open(folder).graph(Graph.ANSWER))
        .isInstanceOf(BundleException.class)
        .hasMessageContaining("has no answer graph");
  }

  private void assertProblem(Path location, String part) {
    assertThatThrownBy(() -> Bundle.open(location))
        .isInstanceOf(BundleException.class)
        .hasMessageContaining(part)
        .hasMessageEndingWith(".");
    assertThat(Bundle.verify(location)).anyMatch(problem -> problem.contains(part));
  }

  private void edit(String pattern, String replacement) throws IOException {
    Path manifest = folder.resolve(BundleManifest.FILE);
    String before = Files.readString(manifest);
    String after =
        before.replaceFirst(
            "(?m)(?<=^|\\s)" + pattern.replace("[", "\\[") + "$",
            replacement.replace("<br>", "\n"));
    assertThat(after).as(before).isNotEqualTo(before);
    Files.writeString(manifest, after);
  }
}
