package io.lgvq.training.foreign;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;

/**
 * Reads the configuration of a VQGAN, YAML or JSON: the file that lies beside the weights ({@code
 * model: params: ...}), or its {@code params} alone.
 *
 * <p>Strict, since a key that is not understood may stand for a network that is not the one below;
 * keys that only training reads are known and passed over. Stateless.
 */
final class VqganConfiguration {

  private static final long LARGEST_FILE = 1 << 20;

  private static final Set<String> KEYS =
      Set.of(
          "embed_dim",
          "n_embed",
          "ddconfig",
          "remap",
          // of training alone
          "lossconfig",
          "ckpt_path",
          "ignore_keys",
          "image_key",
          "colorize_nlabels",
          "monitor",
          "sane_index_shape",
          "batch_resize_range",
          "scheduler_config",
          "lr_g_factor",
          "use_ema");

  private static final Set<String> NETWORK_KEYS =
      Set.of(
          "resolution",
          "ch",
          "ch_mult",
          "num_res_blocks",
          "attn_resolutions",
          "z_channels",
          "in_channels",
          "out_ch",
          "double_z",
          "dropout",
          "resamp_with_conv",
          "attn_type",
          "use_linear_attn",
          "tanh_out",
          "give_pre_end");

  /** Classes whose quantizer is the nearest code; others choose codes in another way. */
  private static final Set<String> MODELS =
      Set.of("VQModel", "VQNoDiscModel", "VQModelInterface", "EMAVQ");

  private VqganConfiguration() {}

  /**
   * Reads a file.
   *
   * @throws IOException if it cannot be read, or describes no network that can be imported; the
   *     message is one sentence that begins with the file
   */
  static VqganShape read(Path file) throws IOException {
    if (Files.size(file) > LARGEST_FILE) {
      throw new IOException(file + " is too large for a configuration");
    }
    try {
      return shape(new ConfigurationSection("", tree(file)));
    } catch (IllegalArgumentException e) {
      throw new IOException("%s: %s".formatted(file, e.getMessage()), e);
    }
  }

  private static JsonNode tree(Path file) throws IOException {
    byte[] text = Files.readAllBytes(file);
    boolean json = file.toString().toLowerCase(Locale.ROOT).endsWith(".json");
    ObjectMapper mapper = json ? new ObjectMapper() : new YAMLMapper();
    try {
      return mapper.readTree(text);
    } catch (IOException e) {
      throw new IOException(
          "%s is no %s: %s"
              .formatted(
                  file,
                  json ? "JSON" : "YAML",
                  e.getMessage().lines().findFirst().orElse("unreadable")),
          e);
    }
  }

  private static VqganShape shape(ConfigurationSection top) {
    ConfigurationSection model = top.has("model") ? top.section("model") : top;
    if (!model.has("params")) {
      return of(model);
    }
    if (model.has("target")) {
      String target = model.text("target");
      if (!MODELS.contains(target.substring(target.lastIndexOf('.') + 1))) {
        throw new IllegalArgumentException(
            "target is %s, and of VQGANs only those with a nearest-code quantizer are imported"
                .formatted(target));
      }
    }
    return of(model.section("params"));
  }

  private static VqganShape of(ConfigurationSection model) {
    model.knows(KEYS);
    model.without("remap");
    ConfigurationSection network = model.section("ddconfig");
    network.knows(NETWORK_KEYS);
    network.only("in_channels", "3");
    network.only("out_ch", "3");
    network.only("double_z", "false");
    network.only("resamp_with_conv", "true");
    network.only("attn_type", "vanilla");
    network.only("use_linear_attn", "false");
    network.only("tanh_out", "false");
    network.only("give_pre_end", "false");
    return new VqganShape(
        network.integer("resolution"),
        network.integer("ch"),
        network.integers("ch_mult"),
        network.integer("num_res_blocks"),
        Set.copyOf(network.integers("attn_resolutions")),
        network.integer("z_channels"),
        model.integer("n_embed"),
        model.integer("embed_dim"));
  }
}
