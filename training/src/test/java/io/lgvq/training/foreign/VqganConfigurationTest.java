package io.lgvq.training.foreign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VqganConfigurationTest {

  private static final VqganShape TINY =
      new VqganShape(32, 32, List.of(1, 2), 1, Set.of(16), 8, 16, 6);

  @TempDir Path folder;

  @Test
  void shouldReadTheFileThatLiesBesideTheWeights() throws IOException {
    assertThat(read("c.yaml", TinyVqgan.CONFIGURATION)).isEqualTo(TINY);
  }

  @Test
  void shouldReadTheParametersAloneAsJson() throws IOException {
    String json =
        """
        {"embed_dim": 6, "n_embed": 16, "ddconfig": {
          "z_channels": 8, "resolution": 32, "in_channels": 3, "out_ch": 3, "ch": 32,
          "ch_mult": [1, 2], "num_res_blocks": 1, "attn_resolutions": [16]}}
        """;
    assertThat(read("c.json", json)).isEqualTo(TINY);
    assertThat(read("c.yaml", json)).isEqualTo(TINY);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "n_embed: 16          |                        | n_embed is missing",
        "n_embed: 16          | n_embed: many          | params.n_embed must hold integers",
        "n_embed: 16          | n_embed: 0             | n_embed must be in 1..262144 and is 0",
        "n_embed: 16          | n_embeds: 16           | there is no key model.params.n_embeds",
        "n_embed: 16          | n_embed: 99999999999   | n_embed must hold integers",
        "embed_dim: 6         | embed_dim: 6.5         | embed_dim must hold integers",
        "ch: 32               | ch: 48                 | ch times an entry of ch_mult must be a mul",
        "ch: 32               | chs: 32                | there is no key model.params.ddconfig.chs",
        "ch_mult: [1, 2]      | ch_mult: 2             | ddconfig.ch_mult must be a list",
        "ch_mult: [1, 2]      | ch_mult: []            | number of ch_mult's entries must be in",
        "ch_mult: [1, 2]      | ch_mult: [1, 99999]    | ch_mult must be in 1..8192",
        "ch_mult: [1, 2]      | ch_mult: [1, x]        | ddconfig.ch_mult must hold integers",
        "resolution: 32       | resolution: 33         | resolution must be a multiple of 2",
        "double_z: False      | double_z: True         | ddconfig.double_z must be false and is true",
        "in_channels: 3       | in_channels: 1         | ddconfig.in_channels must be 3 and is 1",
        "dropout: 0.0         | attn_type: linear      | ddconfig.attn_type must be vanilla",
        "monitor: x           | remap: used.npy        | remap must not be there",
        "vqgan.VQModel        | vqgan.GumbelVQ         | target is taming.models.vqgan.GumbelVQ",
        "ddconfig:            | ddconfigs:             | there is no key model.params.ddconfigs"
      })
  void shouldNameTheKeyThatIsWrong(String good, String bad, String why) {
    String changed = TinyVqgan.CONFIGURATION.replace(good, bad == null ? "" : bad);
    assertThat(changed).isNotEqualTo(TinyVqgan.CONFIGURATION);
    assertThatThrownBy(() -> read("c.yaml", changed))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith(folder.resolve("c.yaml").toString())
        .hasMessageContaining(why);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "just words", "[1, 2]", "model: {", "model: 3", "\u0000", "{\"a\""})
  void shouldRefuseWhatIsNoConfiguration(String text) {
    for (String name : List.of("c.yaml", "c.json")) {
      assertThatThrownBy(() -> read(name, text))
          .isInstanceOf(IOException.class)
          .hasMessageStartingWith(folder.resolve(name).toString())
          .satisfies(thrown -> assertThat(thrown.getMessage().lines()).hasSize(1));
    }
  }

  private VqganShape read(String name, String text) throws IOException {
    return VqganConfiguration.read(Files.writeString(folder.resolve(name), text));
  }
}
