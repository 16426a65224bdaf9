package io.lgvq.training.foreign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.util.Float16Utils;
import io.lgvq.operators.bundle.Bundle;
import io.lgvq.operators.bundle.Graph;
import io.lgvq.operators.image.Pixels;
import io.lgvq.operators.tokenize.Tokenized;
import io.lgvq.training.evaluate.OpenBundle;
import io.lgvq.training.export.OnnxRun;
import io.lgvq.training.export.OnnxRun.Input;
import io.lgvq.training.foreign.VqganImport.Imported;
import io.lgvq.training.release.Release.Identity;
import io.lgvq.training.weights.SafeTensorsBytes;
import io.lgvq.training.weights.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is served is the VQGAN whose weights were given. */
class VqganImportTest {

  @TempDir Path folder;

  @Test
  void shouldGiveTheCodesOfTheVqgan() throws IOException {
    Map<String, Tensor> tensors = TinyVqgan.tensors();
    Bundle bundle = imported(tensors, OptionalInt.empty());
    assertThat(bundle.manifest().grid().codes()).isEqualTo(256);
    shouldGiveTheCodesOf(new PlainVqgan(tensors), bundle);
  }

  @Test
  void shouldGiveTheCodesOfPicturesOfAnotherSize() throws IOException {
    Map<String, Tensor> tensors = TinyVqgan.tensors();
    Bundle bundle = imported(tensors, OptionalInt.of(24));
    assertThat(bundle.manifest().grid().codes()).isEqualTo(144);
    shouldGiveTheCodesOf(new PlainVqgan(tensors), bundle);
  }

  @Test
  void shouldTakeShortcutsOfThreeByThree() throws IOException {
    Map<String, Tensor> tensors = TinyVqgan.withWideShortcuts();
    shouldGiveTheCodesOf(new PlainVqgan(tensors), imported(tensors, OptionalInt.of(16)));
  }

  private static void shouldGiveTheCodesOf(PlainVqgan plain, Bundle bundle) {
    int side = bundle.manifest().image().width();
    List<Pixels> pictures = List.of(picture(side, 1), picture(side, 2));
    try (OpenBundle open = OpenBundle.of(bundle)) {
      List<Tokenized> served = open.served().tokenizer().apply(pictures);
      for (int i = 0; i < pictures.size(); i++) {
        double[][][] features = plain.encode(normalised(pictures.get(i)));
        int[] codes = plain.codes(features);
        assertThat(served.get(i).grid().codes()).containsExactly(codes);
        assertThat(IntStream.of(codes).distinct().count()).isGreaterThan(4);
        assertThat((double) served.get(i).quantizationError())
            .isEqualTo(plain.error(features, codes), within(1e-4));
      }
    }
  }

  @Test
  void shouldReconstructAsTheVqganDoes() throws IOException {
    Map<String, Tensor> tensors = TinyVqgan.tensors();
    Bundle bundle = imported(tensors, OptionalInt.empty());
    int[] codes = new SplittableRandom(5).ints(256, 0, 16).toArray();
    double[][][] expected = new PlainVqgan(tensors).decode(codes, 16);

    float[] pixels =
        OnnxRun.run(bundle.graph(Graph.DECODER), Map.of("codes", new Input.Ints(codes, 1, 256)))
            .get("pixels");
    assertThat(pixels).hasSize(3 * 32 * 32);
    for (int i = 0; i < pixels.length; i++) {
      assertThat((double) pixels[i])
          .isEqualTo(expected[i / 1024][i / 32 % 32][i % 32], within(1e-4));
    }

    try (OpenBundle open = OpenBundle.of(bundle)) {
      var grid = open.served().tokenizer().apply(List.of(picture(32, 1))).get(0).grid();
      byte[] rgb = open.served().reconstructor().apply(List.of(grid)).get(0).rgb();
      double[][][] again = new PlainVqgan(tensors).decode(grid.codes(), 16);
      for (int i = 0; i < rgb.length; i++) {
        double value = again[i % 3][i / 3 / 32][i / 3 % 32] * 127.5 + 127.5;
        assertThat((double) (rgb[i] & 255))
            .isEqualTo(Math.max(0, Math.min(255, value)), within(0.6));
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"F16", "BF16"})
  void shouldReadHalfPrecision(String type) throws IOException {
    Map<String, Tensor> tensors = TinyVqgan.tensors();
    Bundle bundle = imported(SafeTensorsBytes.of(tensors, name -> type), OptionalInt.empty());
    float[] exact = tensors.get("quantize.embedding.weight").values();
    float[][] codes = bundle.codebookVectors();
    for (int i = 0; i < exact.length; i++) {
      assertThat(codes[i / 6][i % 6]).isEqualTo(rounded(exact[i], type));
    }
  }

  private static float rounded(float value, String type) {
    return type.equals("F16")
        ? Float16Utils.halfToFloat(Float16Utils.floatToHalf(value))
        : Float.intBitsToFloat(Float.floatToRawIntBits(value) & 0xffff0000);
  }

  @Test
  void shouldPassOverWhatTrainingLeftAndSayOnTheCardWhereTheRestComesFrom() throws IOException {
    Map<String, Tensor> tensors = TinyVqgan.tensors();
    tensors.put("loss.discriminator.main.0.weight", Tensor.of(1, 2));
    tensors.put("loss.discriminator.main.3.num_batches_tracked", Tensor.of(7));
    tensors.put("quantize.embedding.cluster_size", Tensor.of(3));
    byte[] file = SafeTensorsBytes.of(tensors, name -> name.endsWith("tracked") ? "I64" : "F32");
    Imported imported = run(file, OptionalInt.empty());
    assertThat(imported.leftovers())
        .containsExactly(
            "loss.discriminator.main.0.weight",
            "loss.discriminator.main.3.num_batches_tracked",
            "quantize.embedding.cluster_size");
    assertThat(imported.manifest().licence()).isEqualTo("MIT");
    assertThat(imported.parameters())
        .isEqualTo(
            TinyVqgan.tensors().values().stream().mapToLong(one -> one.values().length).sum());
    assertThat(Files.readString(folder.resolve("bundle/MODEL_CARD.md")))
        .contains("# tiny 2.0.0", "a test", "w.safetensors, SHA-256", "MIT")
        .contains("Nothing", "3 arrays that training alone needs");
    assertThat(Bundle.verify(folder.resolve("bundle"))).isEmpty();
  }

  private Bundle imported(Map<String, Tensor> tensors, OptionalInt side) throws IOException {
    return imported(SafeTensorsBytes.of(tensors, name -> "F32"), side);
  }

  private Bundle imported(byte[] weights, OptionalInt side) throws IOException {
    run(weights, side);
    return Bundle.open(folder.resolve("bundle"));
  }

  private Imported run(byte[] weights, OptionalInt side) throws IOException {
    return new VqganImport(
            Files.write(folder.resolve("w.safetensors"), weights),
            Files.writeString(folder.resolve("w.yaml"), TinyVqgan.CONFIGURATION),
            new Identity("tiny", "2.0.0", "MIT", VqganImport.PRESET),
            Optional.of("a test"),
            side)
        .into(folder.resolve("bundle"));
  }

  /** Random, and smooth enough that neighbouring places differ by a little. */
  private static Pixels picture(int side, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    byte[] rgb = new byte[3 * side * side];
    for (int i = 0; i < rgb.length; i++) {
      int slope = i / 3 % side * 255 / side;
      rgb[i] = (byte) Math.min(255, (slope + random.nextInt(256)) / (1 + i % 3));
    }
    return new Pixels(side, side, rgb);
  }

  private static double[][][] normalised(Pixels picture) {
    int side = picture.width();
    double[][][] pixels = new double[3][side][side];
    for (int i = 0; i < picture.rgb().length; i++) {
      double value = (picture.rgb()[i] & 255) / 255.0;
      pixels[i % 3][i / 3 / side][i / 3 % side] = (value - 0.5) / 0.5;
    }
    return pixels;
  }
}
