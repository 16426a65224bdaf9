package io.lgvq.training.reference;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.lgvq.operators.bundle.Bundle;
import io.lgvq.operators.drift.CodeReference;
import io.lgvq.operators.image.Pixels;
import io.lgvq.operators.tokenize.Tokenizer;
import io.lgvq.training.MadeCorpus;
import io.lgvq.training.corpus.Sample;
import io.lgvq.training.corpus.Traits;
import io.lgvq.training.evaluate.OpenBundle;
import io.lgvq.training.export.BundleWriter;
import io.lgvq.training.release.UntrainedBundle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A bundle gets its reference from ordinary images. */
class BundleReferenceTest {

  private static final int SIDE = 32;

  @TempDir Path folder;

  @Test
  void shouldPutIntoBundleWhatOrdinaryImagesAreMadeOf() throws Exception {
    UntrainedBundle.write(folder, UntrainedBundle.tiny(), 16);
    byte[] card = "# untrained 0.0.1\n\nOf chance.\n".getBytes(UTF_8);
    BundleWriter.describe(folder, Map.of("psnr", 1), Map.of(BundleWriter.CARD, card));
    OrdinaryImages ordinary = new OrdinaryImages(new Noise(), OrdinaryImages.SPLIT, 4096);
    try (OpenBundle open = OpenBundle.of(Bundle.open(folder))) {
      Tokenizer tokenizer = open.served().tokenizer();
      CodeReference reference =
          ordinary
              .measured(tokenizer, UnaryOperator.identity(), done -> {})
              .result(tokenizer.codebook().digest(), ordinary.described());

      BundleWriter.refer(folder, reference, Optional.of("0.0.2"));

      assertThat(Bundle.verify(folder)).isEmpty();
      Bundle changed = Bundle.open(folder);
      assertThat(changed.reference()).contains(reference);
      assertThat(reference.measuredBy()).isEqualTo("520 images of split validation of noise");
      assertThat(Arrays.stream(reference.counts()).sum()).isEqualTo(520 * 64);
      assertThat(reference.windows().count()).isEqualTo(8);
      assertThat(changed.manifest().version()).isEqualTo("0.0.2");
      assertThat(changed.manifest().metrics()).containsKey("psnr");
      assertThat(Files.readString(folder.resolve(BundleWriter.CARD)))
          .isEqualTo("# untrained 0.0.2\n\nOf chance.\n");

      String table =
          new DriftTable(reference, tokenizer, 64, 0.01)
              .add(ordinary.corpus(), ordinary, 128, done -> {})
              .toString();
      assertThat(table.lines().skip(2).map(line -> line.substring(0, 26).strip()))
          .containsExactly(
              "test",
              "validation, inverted",
              "validation, dark",
              "validation, blurred",
              "validation, noisy",
              "validation, grey");
    }
  }

  @Test
  void shouldKnowWhetherImagesAreEnough() {
    assertThat(new OrdinaryImages(new Noise(), OrdinaryImages.SPLIT, 512).enough()).isTrue();
    assertThat(new OrdinaryImages(new Noise(), OrdinaryImages.SPLIT, 511).enough()).isFalse();
    assertThat(new OrdinaryImages(new Noise(), "test", 4096).enough()).isFalse();
  }

  /** Pictures of chance, each of its own brightness. */
  private static final class Noise extends MadeCorpus {

    Noise() {
      super("noise", SIDE);
    }

    @Override
    public long size(String split) {
      return split.equals("test") ? 128 : 520;
    }

    @Override
    public Sample sample(String split, long index) {
      SplittableRandom random = new SplittableRandom(index);
      int brightest = 1 + random.nextInt(255);
      byte[] rgb = new byte[3 * SIDE * SIDE];
      for (int i = 0; i < rgb.length; i++) {
        rgb[i] = (byte) random.nextInt(brightest);
      }
      return new Sample(
          split + "-" + index,
          new Pixels(SIDE, SIDE, rgb),
          List.of("noise"),
          List.of(),
          List.of(),
          List.of(),
          Traits.NONE);
    }
  }
}
