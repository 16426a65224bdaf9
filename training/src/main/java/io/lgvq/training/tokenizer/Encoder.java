package io.lgvq.training.tokenizer;

import io.lgvq.training.network.Convolution;
import io.lgvq.training.network.GroupNorm;
import io.lgvq.training.network.Ops;
import io.lgvq.training.tokenizer.TokenizerShape.Level;
import java.util.ArrayList;
import java.util.List;

/**
 * E of LG-VQ: pixels {@code [B, 3, H, W]} to features {@code [B, n, d]}, row-major, whose nearest
 * codes are the image's tokens. Parameters are named {@code encoder.*}.
 */
public final class Encoder {

  private final TokenizerShape shape;
  private final Convolution stem;
  private final List<Stage> stages = new ArrayList<>();
  private final List<Convolution> halvings = new ArrayList<>();
  private final GroupNorm norm;
  private final Convolution out;

  /** The encoder of an architecture. */
  public Encoder(TokenizerShape shape) {
    this.shape = shape;
    var first = shape.stem();
    int channels = shape.levels().get(0).channels();
    stem =
        Convolution.of(
            "encoder.stem", 3, channels, first.kernel(), first.stride(), first.padding());
    int side = shape.imageSize() / first.stride();
    for (int i = 0; i < shape.levels().size(); i++) {
      Level level = shape.levels().get(i);
      String name = "encoder.level" + i;
      stages.add(
          Stage.of(name, channels, level.channels(), level.blocks(), level.attention(), side));
      channels = level.channels();
      if (i + 1 < shape.levels().size()) {
        halvings.add(Convolution.of(name + ".halve", channels, channels, 3, 2, 1));
        side /= 2;
      }
    }
    norm = GroupNorm.of("encoder.norm", channels);
    out = Convolution.same("encoder.out", channels, shape.dimension(), 1);
  }

  /** Features [B, n, d] of normalised pixels [B, 3, H, W]. */
  public <T> T apply(Ops<T> ops, T pixels) {
    T x = stem.apply(ops, pixels);
    for (int i = 0; i < stages.size(); i++) {
      x = stages.get(i).apply(ops, x);
      if (i < halvings.size()) {
        x = halvings.get(i).apply(ops, x);
      }
    }
    x = out.apply(ops, ops.silu(norm.apply(ops, x)));
    return ops.transpose(ops.reshape(x, -1, shape.dimension(), shape.length()), 0, 2, 1);
  }
}
