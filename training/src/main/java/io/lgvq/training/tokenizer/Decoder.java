package io.lgvq.training.tokenizer;

import io.lgvq.training.network.Convolution;
import io.lgvq.training.network.GroupNorm;
import io.lgvq.training.network.Ops;
import io.lgvq.training.network.Parameter;
import io.lgvq.training.tokenizer.TokenizerShape.Level;
import java.util.ArrayList;
import java.util.List;

/**
 * D of LG-VQ: code vectors {@code [B, n, d]} to pixels {@code [B, 3, H, W]}, normalised. Grows by
 * convolution and pixel shuffle, which every engine has and which leaves no checkerboard of a
 * transposed convolution. Parameters are named {@code decoder.*}.
 */
public final class Decoder {

  private final TokenizerShape shape;
  private final Convolution in;
  private final List<Stage> stages = new ArrayList<>();
  private final List<Convolution> doublings = new ArrayList<>();
  private final GroupNorm norm;
  private final Convolution out;

  /** The decoder of an architecture. */
  public Decoder(TokenizerShape shape) {
    this.shape = shape;
    int channels = shape.innermost().channels();
    int side = shape.grid();
    in = Convolution.same("decoder.in", shape.dimension(), channels, 3);
    for (int i = shape.levels().size() - 1; i >= 0; i--) {
      Level level = shape.levels().get(i);
      String name = "decoder.level" + i;
      stages.add(
          Stage.of(
              name, channels, level.channels(), shape.decoderBlocks(), level.attention(), side));
      channels = level.channels();
      if (i > 0) {
        doublings.add(Convolution.same(name + ".double", channels, 4 * channels, 3));
        side *= 2;
      }
    }
    norm = GroupNorm.of("decoder.norm", channels);
    int factor = shape.stem().stride();
    out = Convolution.same("decoder.out", channels, 3 * factor * factor, 3);
  }

  /** Normalised pixels [B, 3, H, W] of code vectors [B, n, d]. */
  public <T> T apply(Ops<T> ops, T vectors) {
    return last(ops, body(ops, vectors));
  }

  /** All but the last layer: code vectors [B, n, d] to what {@link #last} takes. */
  public <T> T body(Ops<T> ops, T vectors) {
    T x =
        ops.reshape(
            ops.transpose(vectors, 0, 2, 1), -1, shape.dimension(), shape.grid(), shape.grid());
    x = in.apply(ops, x);
    for (int i = 0; i < stages.size(); i++) {
      x = stages.get(i).apply(ops, x);
      if (i < doublings.size()) {
        x = ops.pixelShuffle(doublings.get(i).apply(ops, x), 2);
      }
    }
    return ops.silu(norm.apply(ops, x));
  }

  /** The last layer, to normalised pixels [B, 3, H, W]. */
  public <T> T last(Ops<T> ops, T hidden) {
    T x = out.apply(ops, hidden);
    return shape.stem().stride() == 1 ? x : ops.pixelShuffle(x, shape.stem().stride());
  }

  /** The weights of the last layer, at which VQ-GAN weighs its losses. */
  public Parameter lastWeight() {
    return out.weight();
  }
}
