package io.lgvq.training.foreign;

import static org.assertj.core.api.Assertions.assertThat;

import io.lgvq.training.export.TokenizerFiles;
import io.lgvq.training.network.CostOps;
import io.lgvq.training.release.UntrainedBundle;
import io.lgvq.training.tokenizer.LgvqNetwork;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The size of the VQGAN that most weights are of: 256 x 256 pixels, f = 16. */
class VqganTest {

  private static final VqganShape USUAL =
      new VqganShape(256, 128, List.of(1, 1, 2, 2, 4), 2, Set.of(16), 256, 1024, 256);

  /** A 1 x 1 convolution of 256 to 256 channels. */
  private static final long POINTWISE = 256 * 256 + 256;

  @Test
  void shouldHaveTheParametersOfTheUsualVqgan() {
    CostOps encoder = new CostOps();
    List<Long> features = Vqgan.of(USUAL).encode(encoder, List.of(1L, 3L, 256L, 256L));
    assertThat(features).containsExactly(1L, 256L, 256L);
    assertThat(encoder.parameterCount() - POINTWISE).isEqualTo(29_298_176);
    assertThat(encoder.multiplyAccumulates()).isBetween(68_500_000_000L, 69_500_000_000L);
    CostOps decoder = new CostOps();
    assertThat(Vqgan.of(USUAL).decode(decoder, features)).containsExactly(1L, 3L, 256L, 256L);
    assertThat(decoder.parameterCount() - POINTWISE).isEqualTo(42_449_795);
  }

  @Test
  void shouldTakeFewerOfLargePicturesIntoOneCall() {
    assertThat(TokenizerFiles.batch(Vqgan.of(USUAL))).isEqualTo(3);
    assertThat(TokenizerFiles.batch(LgvqNetwork.of(UntrainedBundle.small()))).isEqualTo(32);
  }

  @Test
  void shouldNumberLevelsFromThePictureInwardsOnBothSides() {
    CostOps cost = new CostOps();
    Vqgan.of(USUAL).encode(cost, List.of(1L, 3L, 256L, 256L));
    Vqgan.of(USUAL).decode(cost, List.of(1L, 256L, 256L));
    assertThat(cost.parameters())
        .containsKeys(
            "encoder.down.4.attn.1.proj_out.weight",
            "encoder.down.2.block.0.nin_shortcut.bias",
            "decoder.up.4.attn.2.q.bias",
            "decoder.up.4.upsample.conv.weight",
            "decoder.up.0.block.2.conv2.weight")
        .doesNotContainKeys(
            "encoder.down.4.downsample.conv.weight",
            "encoder.down.3.attn.0.q.weight",
            "decoder.up.0.upsample.conv.weight");
    assertThat(cost.parameters().get("decoder.up.3.block.0.nin_shortcut.weight").shape())
        .containsExactly(256L, 512L, 1L, 1L);
  }
}
