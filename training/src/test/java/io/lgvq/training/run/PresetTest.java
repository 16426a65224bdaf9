package io.lgvq.training.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lgvq.training.network.CostOps;
import io.lgvq.training.release.Head;
import io.lgvq.training.release.HeadPlan;
import io.lgvq.training.tokenizer.Decoder;
import io.lgvq.training.tokenizer.Encoder;
import io.lgvq.training.tokenizer.QuantizerSettings.Rule;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PresetTest {

  @ParameterizedTest
  @ValueSource(strings = {"small", "tiny", "paper", "experiment"})
  void shouldBuildTheNetworksOfEveryPresetThatShips(String name) throws IOException {
    Preset preset = Preset.of(name);
    assertThat(preset.name()).isEqualTo(name);
    assertThat(preset.guidance()).isPresent();
    var shape = preset.tokenizer().shape();
    assertThat(new Encoder(shape)).isNotNull();
    assertThat(new Decoder(shape)).isNotNull();
  }

  @Test
  void shouldKeepTheGridsOfTheMethod() throws IOException {
    assertThat(Preset.of("paper").tokenizer().shape().grid()).isEqualTo(16);
    assertThat(Preset.of("small").tokenizer().shape().grid()).isEqualTo(16);
    assertThat(Preset.of("tiny").tokenizer().shape().grid()).isEqualTo(8);
  }

  /** About 29.3 million parameters and 69 thousand million multiply-accumulates an image. */
  @Test
  void shouldBuildAnEncoderOfThePapersSize() throws IOException {
    CostOps cost = new CostOps();
    new Encoder(Preset.of("paper").tokenizer().shape()).apply(cost, List.of(1L, 3L, 256L, 256L));
    assertThat(cost.parameterCount()).isEqualTo(29_301_248);
    assertThat(cost.multiplyAccumulates()).isBetween(68_500_000_000L, 69_500_000_000L);
  }

  @Test
  void shouldRefuseAMisspeltKey() throws IOException {
    String yaml = shipped().replace("quantizer: {", "quantizer: {deathShare: 0.1, ");
    assertThatThrownBy(() -> Preset.read(yaml)).hasMessageContaining("deathShare");
  }

  @Test
  void shouldRefuseAMissingFigure() throws IOException {
    String yaml = shipped().replace("batch: 32", "# no batch");
    assertThatThrownBy(() -> Preset.read(yaml)).hasMessageContaining("batch");
  }

  @Test
  void shouldRefuseAPaintHeadThatLearnsNothingButItsPalette() throws IOException {
    String yaml = shipped().replaceFirst("paletteSteps: \\d+", "paletteSteps: 120");
    assertThatThrownBy(() -> Preset.read(yaml))
        .hasMessageContaining(
            "paint.paletteSteps must be 0 or more and less than paint.steps (120)");
  }

  @Test
  void shouldRefuseAnUnknownPart() throws IOException {
    String yaml = shipped() + "opponent: {}\n";
    assertThatThrownBy(() -> Preset.read(yaml)).hasMessageContaining("opponent");
  }

  @Test
  void shouldTakeAnyBackboneThatItHasThePartsFor() throws IOException {
    Preset tiny = Preset.of("tiny");
    assertThat(tiny.backbone()).isEqualTo(Backbone.VQ_VAE);
    assertThat(Preset.of("paper").backbone()).isEqualTo(Backbone.VQ_GAN);
    assertThat(tiny.with(Backbone.VQ_GAN).tokenizer()).isEqualTo(tiny.tokenizer());
    assertThat(tiny.with(Backbone.CVQ).tokenizer().quantizer().rule()).isEqualTo(Rule.CLUSTERED);
    String alone = shipped().replaceAll("(?m)^adversary:\\n(  .*\\n)+", "");
    assertThatThrownBy(() -> Preset.read(alone).with(Backbone.CVQ))
        .hasMessageContaining("has no part 'adversary'");
    assertThatThrownBy(() -> Preset.read("backbone: gan\n" + alone.replace("backbone: vq-vae", "")))
        .hasMessageContaining("no backbone 'gan'; there are vq-vae, vq-gan, cvq");
  }

  @Test
  void shouldTrainSomeOfItsHeadsAlone() throws IOException {
    Preset tiny = Preset.of("tiny");
    HeadPlan all = tiny.plan().orElseThrow();
    assertThat(all.text()).isTrue();
    assertThat(all.paint()).isPresent();
    assertThat(all.complete()).isPresent();
    HeadPlan paint = tiny.plan(Set.of(Head.PAINT));
    assertThat(paint.text()).isFalse();
    assertThat(paint.paint()).isEqualTo(all.paint());
    assertThat(paint.complete()).isEmpty();

    String without = shipped().replaceAll("(?m)^paint:\\n(  .*\\n)+", "");
    assertThat(Preset.read(without).plan().orElseThrow().paint()).isEmpty();
    assertThatThrownBy(() -> Preset.read(without).plan(Set.of(Head.TEXT, Head.PAINT)))
        .hasMessage("the preset tiny has no part 'paint'");
    String alone = shipped().replaceAll("(?m)^heads:\\n(  .*\\n)+", "");
    assertThatThrownBy(() -> Preset.read(alone)).hasMessageContaining("has no part 'heads'");
  }

  @Test
  void shouldSayWhichPresetIsMissing() {
    assertThatThrownBy(() -> Preset.of("gigantic")).hasMessageContaining("gigantic");
  }

  private static String shipped() throws IOException {
    try (var in = PresetTest.class.getResourceAsStream("/presets/tiny.yaml")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
