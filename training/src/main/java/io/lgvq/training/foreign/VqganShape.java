package io.lgvq.training.foreign;

import io.lgvq.operators.codebook.Codebook;
import java.util.List;
import java.util.Set;

/**
 * The architecture of a VQGAN: what its configuration says, as far as it decides what runs. Level 0
 * is the one of the pictures; from one level to the next the side length halves.
 *
 * @param resolution {@code resolution}, side length of the pictures that it was trained on
 * @param channels {@code ch}, unit of the layers' channels
 * @param multipliers {@code ch_mult}, channels of each level in that unit
 * @param blocks {@code num_res_blocks}, residual blocks a level of the encoder; the decoder has one
 *     more
 * @param attention {@code attn_resolutions}, side lengths, at the training's resolution, at which
 *     attention follows each block
 * @param latent {@code z_channels}, channels between encoder and codebook
 * @param codes {@code n_embed}, K
 * @param dimension {@code embed_dim}, d
 */
public record VqganShape(
    int resolution,
    int channels,
    List<Integer> multipliers,
    int blocks,
    Set<Integer> attention,
    int latent,
    int codes,
    int dimension) {

  /** Groups of every normalisation. */
  static final int GROUPS = 32;

  private static final int LARGEST_SIDE = 4096;
  private static final int LARGEST_CHANNELS = 8192;
  private static final int MOST_LEVELS = 10;
  private static final int MOST_BLOCKS = 32;

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException whose message names the key of the configuration
   */
  public VqganShape {
    multipliers = List.copyOf(multipliers);
    attention = Set.copyOf(attention);
    require("resolution", resolution, LARGEST_SIDE);
    require("ch", channels, LARGEST_CHANNELS);
    require("the number of ch_mult's entries", multipliers.size(), MOST_LEVELS);
    for (int multiplier : multipliers) {
      require("an entry of ch_mult", multiplier, LARGEST_CHANNELS);
      require("ch times an entry of ch_mult", (long) channels * multiplier, LARGEST_CHANNELS);
      divided("ch times an entry of ch_mult", channels * multiplier, GROUPS);
    }
    divided("ch", channels, GROUPS);
    require("num_res_blocks", blocks, MOST_BLOCKS);
    require("z_channels", latent, LARGEST_CHANNELS);
    require("n_embed", codes, Codebook.MAX_SIZE);
    require("embed_dim", dimension, LARGEST_CHANNELS);
    divided("resolution", resolution, 1 << (multipliers.size() - 1));
  }

  /** Number of levels. */
  int levels() {
    return multipliers.size();
  }

  /** f, pixels a side of a code's patch. */
  int factor() {
    return 1 << (levels() - 1);
  }

  /** Channels of a level. */
  int width(int level) {
    return channels * multipliers.get(level);
  }

  /** Whether attention follows the blocks of a level. */
  boolean attends(int level) {
    return attention.contains(resolution >> level);
  }

  /**
   * Side length of the grid of codes of pictures of another size: the network is convolutional, so
   * it takes any that its levels can halve.
   *
   * @throws IllegalArgumentException if they cannot
   */
  int grid(int side) {
    require("the image size", side, LARGEST_SIDE);
    divided("the image size", side, factor());
    return side / factor();
  }

  private static void require(String key, long value, int most) {
    if (value < 1 || value > most) {
      throw new IllegalArgumentException(
          "%s must be in 1..%d and is %d".formatted(key, most, value));
    }
  }

  private static void divided(String key, int value, int by) {
    if (value % by != 0) {
      throw new IllegalArgumentException(
          "%s must be a multiple of %d and is %d".formatted(key, by, value));
    }
  }
}
