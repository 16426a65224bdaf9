package io.lgvq.training.adversary;

import ai.djl.ndarray.NDArray;
import ai.djl.nn.Activation;
import io.lgvq.training.array.ArrayOps;
import io.lgvq.training.network.Convolution;
import io.lgvq.training.network.GroupNorm;
import java.util.ArrayList;
import java.util.List;

/**
 * Judges patches of pictures: high where they look real, low where they look made (Isola et al.,
 * Image-to-Image Translation with Conditional Adversarial Networks, CVPR 2017, section 3.2.2).
 * Groups are normalised instead of batches, so that a verdict does not depend on the others'.
 * Immutable; parameters are named {@code discriminator.*}.
 */
final class PatchDiscriminator {

  private static final int KERNEL = 4;
  private static final float LEAK = 0.2f;

  private final Convolution first;
  private final List<Convolution> convolutions = new ArrayList<>();
  private final List<GroupNorm> norms = new ArrayList<>();
  private final Convolution last;

  /**
   * @param channels of the first layer
   * @param layers that halve the side length, after the first
   */
  PatchDiscriminator(int channels, int layers) {
    first = Convolution.of("discriminator.first", 3, channels, KERNEL, 2, 1);
    int width = channels;
    for (int layer = 0; layer <= layers; layer++) {
      int stride = layer < layers ? 2 : 1;
      String name = "discriminator.layer" + layer;
      convolutions.add(Convolution.of(name, width, 2 * width, KERNEL, stride, 1));
      width *= 2;
      norms.add(GroupNorm.of(name + ".norm", width));
    }
    last = Convolution.of("discriminator.last", width, 1, KERNEL, 1, 1);
  }

  /** Pixels [B, 3, H, W] to verdicts [B, 1, h, w]. */
  NDArray apply(ArrayOps ops, NDArray pixels) {
    NDArray x = Activation.leakyRelu(first.apply(ops, pixels), LEAK);
    for (int layer = 0; layer < convolutions.size(); layer++) {
      x = norms.get(layer).apply(ops, convolutions.get(layer).apply(ops, x));
      x = Activation.leakyRelu(x, LEAK);
    }
    return last.apply(ops, x);
  }
}
