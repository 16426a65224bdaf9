package io.lgvq.operators.codebook;

import java.nio.IntBuffer;

/**
 * The token grids that a head was trained for: of one codebook, and of one number of codes.
 *
 * @param codebook compared by digest, for equal vectors under another name are the same vectors
 * @param count codes an image
 */
public record AcceptedTokens(Codebook codebook, int count) {

  /**
   * Checks a grid.
   *
   * @throws IllegalArgumentException if it is of another codebook or size
   */
  public void require(TokenGrid grid) {
    if (!grid.codebook().digest().equals(codebook.digest())) {
      throw new IllegalArgumentException(
          "tokens of codebook %s %s (%s) came to a head of %s %s (%s)"
              .formatted(
                  grid.codebook().name(),
                  grid.codebook().version(),
                  grid.codebook().digest(),
                  codebook.name(),
                  codebook.version(),
                  codebook.digest()));
    }
    if (grid.codes().length != count) {
      throw new IllegalArgumentException(
          "%d codes came to a head of %d".formatted(grid.codes().length, count));
    }
  }

  /** Appends grids to a graph's input, one row each. */
  public static void write(Iterable<TokenGrid> grids, IntBuffer codes) {
    grids.forEach(grid -> codes.put(grid.codes()));
  }
}
