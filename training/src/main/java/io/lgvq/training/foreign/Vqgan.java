package io.lgvq.training.foreign;

import io.lgvq.training.foreign.VqganLayers.Shortcut;
import io.lgvq.training.network.Ops;
import io.lgvq.training.network.Parameter;
import io.lgvq.training.network.Parameter.Initial;
import io.lgvq.training.tokenizer.TokenizerNetwork;

/**
 * The tokenizer of a VQGAN (Esser et al., Taming Transformers for High-Resolution Image Synthesis,
 * CVPR 2021), its parameters named as its usual implementation names them. Immutable.
 */
public final class Vqgan implements TokenizerNetwork {

  private final VqganShape shape;
  private final int side;
  private final VqganEncoder encoder;
  private final VqganDecoder decoder;

  /**
   * @param side of the pictures, in pixels
   * @throws IllegalArgumentException if the levels cannot halve it
   */
  Vqgan(VqganShape shape, int side, Shortcut shortcut) {
    this.shape = shape;
    this.side = side;
    VqganLayers layers = new VqganLayers(shortcut);
    encoder = new VqganEncoder(shape, side, layers);
    decoder = new VqganDecoder(shape, side, layers);
  }

  /** The usual VQGAN, for pictures of the size that it was trained on. */
  public static Vqgan of(VqganShape shape) {
    return new Vqgan(shape, shape.resolution(), Shortcut.NARROW);
  }

  @Override
  public int imageSize() {
    return side;
  }

  @Override
  public int grid() {
    return shape.grid(side);
  }

  @Override
  public Parameter codebook() {
    return Parameter.of(
        "quantize.embedding.weight", Initial.NORMAL, shape.codes(), shape.dimension());
  }

  @Override
  public <T> T encode(Ops<T> ops, T pixels) {
    return encoder.apply(ops, pixels);
  }

  @Override
  public <T> T decode(Ops<T> ops, T vectors) {
    return decoder.apply(ops, vectors);
  }
}
