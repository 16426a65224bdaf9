package io.lgvq.operators.codebook;

import java.util.Arrays;

/**
 * The codes of one image: {@code height x width x depth} indices into a codebook, row-major.
 *
 * <p>The array is not copied, for codes are many; nobody writes to it after construction.
 *
 * @param codebook what the codes index
 * @param height rows
 * @param width columns
 * @param depth codes a place, usually 1
 * @param codes {@code ((row * width) + column) * depth + level}, each in 0 .. K-1
 */
public record TokenGrid(Codebook codebook, int height, int width, int depth, int[] codes) {

  /** Checks that the number of codes fits the grid and that each code is one of the codebook's. */
  public TokenGrid {
    if (height < 1 || width < 1 || depth < 1 || (long) height * width * depth != codes.length) {
      throw new IllegalArgumentException(
          "a grid of %d x %d x %d does not hold %d codes"
              .formatted(height, width, depth, codes.length));
    }
    for (int code : codes) {
      if (code < 0 || code >= codebook.size()) {
        throw new IllegalArgumentException(
            "code %d is outside 0..%d".formatted(code, codebook.size() - 1));
      }
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof TokenGrid that
        && codebook.equals(that.codebook)
        && height == that.height
        && width == that.width
        && depth == that.depth
        && Arrays.equals(codes, that.codes);
  }

  @Override
  public int hashCode() {
    return 31 * codebook.hashCode() + Arrays.hashCode(codes);
  }

  @Override
  public String toString() {
    return "TokenGrid[%s, %dx%dx%d]".formatted(codebook.name(), height, width, depth);
  }
}
