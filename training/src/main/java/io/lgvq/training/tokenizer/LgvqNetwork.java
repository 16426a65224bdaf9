package io.lgvq.training.tokenizer;

import io.lgvq.training.network.Ops;
import io.lgvq.training.network.Parameter;

/** The tokenizer that is trained here. */
public record LgvqNetwork(TokenizerShape shape, Encoder encoder, Decoder decoder)
    implements TokenizerNetwork {

  /** The tokenizer of an architecture. */
  public static LgvqNetwork of(TokenizerShape shape) {
    return new LgvqNetwork(shape, new Encoder(shape), new Decoder(shape));
  }

  @Override
  public int imageSize() {
    return shape.imageSize();
  }

  @Override
  public int grid() {
    return shape.grid();
  }

  @Override
  public Parameter codebook() {
    return CodebookParameter.of(shape);
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
