package io.lgvq.operators.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lgvq.operators.TestBundle;
import io.lgvq.operators.bundle.Bundle;
import io.lgvq.operators.bundle.BundleException;
import io.lgvq.operators.bundle.BundleManifest;
import io.lgvq.operators.bundle.Graph;
import io.lgvq.operators.bundle.ManifestYaml;
import io.lgvq.operators.bundle.Sha256;
import io.lgvq.operators.caption.CaptionSearch;
import io.lgvq.operators.engine.EngineSettings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Bundles whose digests are in order and whose graphs are not. */
class BrokenBundleTest {

  @TempDir Path folder;

  @BeforeEach
  void copyBundle() throws IOException {
    try (var files = Files.list(TestBundle.folder())) {
      for (Path file : files.toList()) {
        Files.copy(file, folder.resolve(file.getFileName()));
      }
    }
  }

  @Test
  void shouldOpenOnlyWhatIsAskedFor() throws IOException {
    replace(Graph.CAPTION_STEP, "no graph".getBytes(StandardCharsets.UTF_8));
    BundleOperators operators = open();

    operators.tokenizer().close();
    assertThatThrownBy(() -> operators.captioner(CaptionSearch.greedy()))
        .isInstanceOf(BundleException.class)
        .hasMessageContaining("Graph captionStep cannot be loaded on onnxruntime");
    assertThatThrownBy(operators::verify).isInstanceOf(BundleException.class);
  }

  @Test
  void shouldSayWhichGraphBreaksItsSignature() throws IOException {
    byte[] captionMemory = Bundle.open(folder).graph(Graph.CAPTION_MEMORY);
    replace(Graph.DECODER, captionMemory); // takes the same input, gives another output

    assertThatThrownBy(() -> open().reconstructor())
        .isInstanceOf(BundleException.class)
        .hasMessageContaining("Graph decoder")
        .hasMessageContaining("it has no output pixels");
  }

  @Test
  void shouldSayThatGraphTakesOtherInputs() throws IOException {
    byte[] decoder = Bundle.open(folder).graph(Graph.DECODER);
    replace(Graph.ENCODER, decoder);

    assertThatThrownBy(() -> open().tokenizer())
        .isInstanceOf(BundleException.class)
        .hasMessageContaining("Graph encoder");
  }

  @Test
  void shouldSayThatHeadIsMissing() throws IOException {
    BundleManifest whole = Bundle.open(folder).manifest();
    Map<Graph, String> models = new HashMap<>(whole.models());
    models.remove(Graph.ANSWER);
    write(whole, models, whole.files());

    assertThat(open().bundle().has(Graph.ANSWER)).isFalse();
    assertThatThrownBy(() -> open().answerer(0))
        .isInstanceOf(BundleException.class)
        .hasMessageContaining("has no answer graph, so what needs it cannot start.");
  }

  private BundleOperators open() {
    return BundleOperators.of(Bundle.open(folder), EngineSettings.cpu());
  }

  private void replace(Graph graph, byte[] bytes) throws IOException {
    BundleManifest whole = Bundle.open(folder).manifest();
    String file = whole.models().get(graph);
    Files.write(folder.resolve(file), bytes);
    Map<String, String> digests = new HashMap<>(whole.files());
    digests.put(file, Sha256.of(bytes));
    write(whole, whole.models(), digests);
  }

  private void write(BundleManifest m, Map<Graph, String> models, Map<String, String> files)
      throws IOException {
    BundleManifest changed =
        new BundleManifest(
            m.format(),
            m.name(),
            m.version(),
            m.licence(),
            m.preset(),
            m.image(),
            m.grid(),
            m.codebook(),
            m.text(),
            m.language(),
            m.reference(),
            models,
            m.answerThreshold(),
            m.engine(),
            m.metrics(),
            files);
    Files.writeString(folder.resolve(BundleManifest.FILE), ManifestYaml.write(changed));
  }
}
