package io.lgvq.topology.answer;

import io.lgvq.operators.codebook.Codebook;
import io.lgvq.operators.codebook.TokenGrid;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Function;

/**
 * How a grid lies in a state store: a version byte, the codebook's digest, height, width, depth,
 * and the codes, two bytes each where the codebook is small enough, else four.
 *
 * <p>Not the record's own bytes, so that reading them again needs no registry. Immutable.
 */
public final class KeptTokens {

  private static final byte VERSION = 1;
  private static final int MOST_IN_TWO_BYTES = 1 << 16;

  private final Function<String, Optional<Codebook>> codebooks;

  /**
   * @param codebooks those whose grids are read again, by digest
   */
  public KeptTokens(Function<String, Optional<Codebook>> codebooks) {
    this.codebooks = codebooks;
  }

  /** The bytes of a grid. */
  public byte[] encode(TokenGrid grid) {
    byte[] digest = grid.codebook().digest().getBytes(StandardCharsets.US_ASCII);
    boolean inTwoBytes = inTwoBytes(grid.codebook());
    int width = inTwoBytes ? Short.BYTES : Integer.BYTES;
    int size = 1 + 4 * Integer.BYTES + digest.length + grid.codes().length * width;
    ByteBuffer out = ByteBuffer.allocate(size).put(VERSION).putInt(digest.length).put(digest);
    out.putInt(grid.height()).putInt(grid.width()).putInt(grid.depth());
    for (int code : grid.codes()) {
      if (inTwoBytes) {
        out.putShort((short) code);
      } else {
        out.putInt(code);
      }
    }
    return out.array();
  }

  /**
   * The grid of some bytes; empty if its codebook is not loaded, or no longer: then it is as good
   * as none.
   *
   * @throws IllegalStateException if a newer release wrote the bytes
   */
  public Optional<TokenGrid> decode(byte[] bytes) {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    byte version = in.get();
    if (version != VERSION) {
      throw new IllegalStateException(
          "kept tokens of format %d were left by a newer release; this one reads %d"
              .formatted(version, VERSION));
    }
    byte[] digest = new byte[in.getInt()];
    in.get(digest);
    return codebooks
        .apply(new String(digest, StandardCharsets.US_ASCII))
        .map(codebook -> grid(codebook, in));
  }

  private static TokenGrid grid(Codebook codebook, ByteBuffer in) {
    boolean inTwoBytes = inTwoBytes(codebook);
    int height = in.getInt();
    int width = in.getInt();
    int depth = in.getInt();
    int[] codes = new int[height * width * depth];
    for (int i = 0; i < codes.length; i++) {
      codes[i] = inTwoBytes ? Short.toUnsignedInt(in.getShort()) : in.getInt();
    }
    return new TokenGrid(codebook, height, width, depth, codes);
  }

  private static boolean inTwoBytes(Codebook codebook) {
    return codebook.size() <= MOST_IN_TWO_BYTES;
  }
}
