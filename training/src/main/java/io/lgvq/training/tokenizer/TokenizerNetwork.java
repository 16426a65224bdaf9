package io.lgvq.training.tokenizer;

import io.lgvq.training.network.Ops;
import io.lgvq.training.network.Parameter;

/**
 * Encoder, codebook and decoder as one: whatever can become the tokenizer of a bundle. Pictures and
 * grids are square, one code a place. Immutable.
 */
public interface TokenizerNetwork {

  /** Side length of the pictures, in pixels. */
  int imageSize();

  /** Side length h = w of the grid of codes. */
  int grid();

  /** The code vectors [K, d]. */
  Parameter codebook();

  /** Features [B, n, d], row-major, of normalised pixels [B, 3, H, W]. */
  <T> T encode(Ops<T> ops, T pixels);

  /** Normalised pixels [B, 3, H, W] of code vectors [B, n, d]. */
  <T> T decode(Ops<T> ops, T vectors);
}
