package io.lgvq.training.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.lgvq.training.corpus.packages.PackageCache;
import io.lgvq.training.corpus.packages.PackageCatalog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Encoders in the place of the one that ships. */
class OtherTextEncodersTest {

  private static final String TEXT = "a red dog to the left of two cats";

  @TempDir Path folder;

  @Test
  void shouldTakeAnEncoderFromAFolderAndPoolAsItSays() throws IOException {
    for (String[] file :
        new String[][] {
          {"/all-minilm-l6-v2.onnx", "model.onnx"},
          {"/all-minilm-l6-v2-tokenizer.json", "tokenizer.json"}
        }) {
      try (var in = getClass().getResourceAsStream(file[0])) {
        Files.copy(in, folder.resolve(file[1]));
      }
    }
    try (TextEncoder shipped = OnnxTextEncoder.shipped();
        TextEncoder mean = OnnxTextEncoder.of(folder, 1)) {
      assertThat(mean.digest()).isEqualTo(shipped.digest());
      assertThat(mean.sentence(TEXT)).containsExactly(shipped.sentence(TEXT), within(1e-6f));

      Files.createDirectory(folder.resolve("1_Pooling"));
      Files.writeString(
          folder.resolve("1_Pooling/config.json"), "{\"pooling_mode_cls_token\": true}");
      try (TextEncoder first = OnnxTextEncoder.of(folder, 1)) {
        assertThat(first.digest()).isNotEqualTo(mean.digest()).matches("[0-9a-f]{64}");
        assertThat(OnnxTextEncoderTest.cosine(first.sentence(TEXT), mean.sentence(TEXT)))
            .isLessThan(0.9);
        assertThat(OnnxTextEncoderTest.cosine(first.sentence(TEXT), first.sentence(TEXT)))
            .isCloseTo(1, within(1e-5));
      }
    }
  }

  @Test
  void shouldRefuseATokenizerWithoutWordPieces() throws IOException {
    try (var in = getClass().getResourceAsStream("/all-minilm-l6-v2.onnx")) {
      Files.copy(in, folder.resolve("model.onnx"));
    }
    for (String model :
        new String[] {
          "{\"type\": \"Unigram\", \"vocab\": [[\"<unk>\", 0.0], [\"▁the\", -3.5]]}",
          "{\"type\": \"BPE\", \"vocab\": {\"Ġthe\": 5}, \"merges\": []}",
          "{}"
        }) {
      Files.writeString(folder.resolve("tokenizer.json"), "{\"model\": " + model + "}");

      assertThatThrownBy(() -> OnnxTextEncoder.of(folder, 1))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("tokenizer.json")
          .hasMessageContaining("only WordPiece is understood");
    }
  }

  @Test
  void shouldReadCaptionsWithBgeSmall() throws IOException {
    Path bge =
        new PackageCache(PackageCache.standardHome())
            .folder(PackageCatalog.textEncoders().sources().get(0));
    try (TextEncoder encoder =
        OnnxTextEncoder.of(
            "other",
            bge.resolve("bge-small-en-v1.5.onnx"),
            bge.resolve("bge-small-en-v1.5-tokenizer.json"),
            Pooling.FIRST,
            1)) {
      List<float[]> features =
          encoder.sentences(List.of("a picture of a dog", "a puppy in a photo", "a fast truck"));
      assertThat(OnnxTextEncoderTest.cosine(features.get(0), features.get(1)))
          .isGreaterThan(OnnxTextEncoderTest.cosine(features.get(0), features.get(2)));
      float[][] rows =
          encoder.rows(
              encoder.tokens("dog")[0], encoder.tokens("puppy")[0], encoder.tokens("truck")[0]);
      assertThat(OnnxTextEncoderTest.cosine(rows[0], rows[1]))
          .isGreaterThan(OnnxTextEncoderTest.cosine(rows[0], rows[2]));
      assertThat(encoder.dimension()).isEqualTo(384);
    }
  }
}
