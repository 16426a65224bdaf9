package io.lgvq.training.foreign;

import io.lgvq.training.network.Convolution;
import io.lgvq.training.network.GroupNorm;
import io.lgvq.training.network.Ops;
import io.lgvq.training.tokenizer.Stage;
import java.util.ArrayList;
import java.util.List;

/** Pixels {@code [B, 3, side, side]} to features {@code [B, n, d]} before the nearest code. */
final class VqganEncoder {

  private final int dimension;
  private final int length;
  private final Convolution in;
  private final List<Stage> levels = new ArrayList<>();
  private final List<Convolution> halvings = new ArrayList<>();
  private final VqganMiddle middle;
  private final GroupNorm norm;
  private final Convolution out;
  private final Convolution toCodes;

  VqganEncoder(VqganShape shape, int imageSize, VqganLayers layers) {
    dimension = shape.dimension();
    length = shape.grid(imageSize) * shape.grid(imageSize);
    in = Convolution.same("encoder.conv_in", 3, shape.channels(), 3);
    int channels = shape.channels();
    int side = imageSize;
    for (int i = 0; i < shape.levels(); i++) {
      String name = "encoder.down." + i;
      int width = shape.width(i);
      levels.add(layers.level(name, channels, width, shape.blocks(), shape.attends(i), side));
      channels = width;
      if (i + 1 < shape.levels()) {
        halvings.add(Convolution.of(name + ".downsample.conv", channels, channels, 3, 2, 0));
        side /= 2;
      }
    }
    middle = layers.middle("encoder.mid", channels, side);
    norm = layers.norm("encoder.norm_out", channels);
    out = Convolution.same("encoder.conv_out", channels, shape.latent(), 3);
    toCodes = Convolution.same("quant_conv", shape.latent(), dimension, 1);
  }

  <T> T apply(Ops<T> ops, T pixels) {
    T x = in.apply(ops, pixels);
    for (int i = 0; i < levels.size(); i++) {
      x = levels.get(i).apply(ops, x);
      if (i < halvings.size()) {
        // One row and one column of zeros, below and at the right only.
        x = halvings.get(i).apply(ops, ops.zeroPad(x, 0, 1, 0, 1));
      }
    }
    x = middle.apply(ops, x);
    x = toCodes.apply(ops, out.apply(ops, ops.silu(norm.apply(ops, x))));
    return ops.transpose(ops.reshape(x, -1, dimension, length), 0, 2, 1);
  }
}
