package io.lgvq.training.foreign;

import io.lgvq.training.weights.SafeTensorsBytes;
import io.lgvq.training.weights.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.LongStream;

/**
 * A VQGAN of 32 x 32 pixels with random weights, every name and shape written out here: two levels
 * of 32 and 64 channels, one block each, attention at 16, 16 codes.
 */
public final class TinyVqgan {

  /** Its configuration, as it would lie beside the weights. */
  public static final String CONFIGURATION =
      """
      model:
        base_learning_rate: 4.5e-06
        target: taming.models.vqgan.VQModel
        params:
          embed_dim: 6
          n_embed: 16
          monitor: x
          ddconfig:
            double_z: False
            z_channels: 8
            resolution: 32
            in_channels: 3
            out_ch: 3
            ch: 32
            ch_mult: [1, 2]
            num_res_blocks: 1
            attn_resolutions: [16]
            dropout: 0.0
          lossconfig:
            target: taming.modules.losses.vqperceptual.VQLPIPSWithDiscriminator
            params: {disc_start: 10000, disc_weight: 0.8}
      data: {target: main.DataModuleFromConfig}
      """;

  private final SplittableRandom random = new SplittableRandom(11);
  private final Map<String, Tensor> tensors = new TreeMap<>();
  private final String shortcut;
  private final int shortcutKernel;

  private TinyVqgan(String shortcut, int shortcutKernel) {
    this.shortcut = shortcut;
    this.shortcutKernel = shortcutKernel;
    // So small that the first normalisation divides by its epsilon about as much as by the
    // variance.
    convolution("encoder.conv_in", 3, 32, 3, 2e-3f);
    block("encoder.down.0.block.0", 32, 32);
    convolution("encoder.down.0.downsample.conv", 32, 32, 3, 1);
    block("encoder.down.1.block.0", 32, 64);
    attention("encoder.down.1.attn.0", 64);
    middle("encoder.mid");
    norm("encoder.norm_out", 64);
    convolution("encoder.conv_out", 64, 8, 3, 1);
    convolution("quant_conv", 8, 6, 1, 1);
    put("quantize.embedding.weight", 0.5f, 0, 16, 6);
    convolution("post_quant_conv", 6, 8, 1, 1);
    convolution("decoder.conv_in", 8, 64, 3, 1);
    middle("decoder.mid");
    block("decoder.up.1.block.0", 64, 64);
    attention("decoder.up.1.attn.0", 64);
    block("decoder.up.1.block.1", 64, 64);
    attention("decoder.up.1.attn.1", 64);
    convolution("decoder.up.1.upsample.conv", 64, 64, 3, 1);
    block("decoder.up.0.block.0", 64, 32);
    block("decoder.up.0.block.1", 32, 32);
    norm("decoder.norm_out", 32);
    convolution("decoder.conv_out", 32, 3, 3, 0.5f);
  }

  /** Its arrays by name; the caller may change the map. */
  public static Map<String, Tensor> tensors() {
    return new TinyVqgan("nin_shortcut", 1).tensors;
  }

  /** The same with 3 x 3 shortcuts. */
  static Map<String, Tensor> withWideShortcuts() {
    return new TinyVqgan("conv_shortcut", 3).tensors;
  }

  /** Writes arrays of one type. */
  public static Path write(Path file, Map<String, Tensor> tensors, String type) throws IOException {
    return Files.write(file, SafeTensorsBytes.of(tensors, name -> type));
  }

  private void middle(String name) {
    block(name + ".block_1", 64, 64);
    attention(name + ".attn_1", 64);
    block(name + ".block_2", 64, 64);
  }

  private void block(String name, int in, int out) {
    norm(name + ".norm1", in);
    convolution(name + ".conv1", in, out, 3, 1);
    norm(name + ".norm2", out);
    convolution(name + ".conv2", out, out, 3, 1);
    if (in != out) {
      convolution(name + "." + shortcut, in, out, shortcutKernel, 1);
    }
  }

  private void attention(String name, int channels) {
    norm(name + ".norm", channels);
    convolution(name + ".q", channels, channels, 1, 1);
    convolution(name + ".k", channels, channels, 1, 1);
    convolution(name + ".v", channels, channels, 1, 1);
    convolution(name + ".proj_out", channels, channels, 1, 1);
  }

  private void norm(String name, int channels) {
    put(name + ".weight", 0.2f, 1, channels);
    put(name + ".bias", 0.1f, 0, channels);
  }

  private void convolution(String name, int in, int out, int kernel, float scale) {
    float deviation = scale / (float) Math.sqrt(in * kernel * kernel);
    put(name + ".weight", deviation, 0, out, in, kernel, kernel);
    put(name + ".bias", 0.1f * scale, 0, out);
  }

  private void put(String name, float deviation, float mean, long... shape) {
    float[] values = new float[(int) LongStream.of(shape).reduce(1, (a, b) -> a * b)];
    for (int i = 0; i < values.length; i++) {
      values[i] = mean + deviation * (float) random.nextGaussian();
    }
    tensors.put(name, new Tensor(LongStream.of(shape).boxed().toList(), values));
  }
}
