package io.lgvq.topology.answer;

import io.lgvq.operators.codebook.Codebook;
import io.lgvq.operators.codebook.TokenGrid;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * How a grid lies in a state store: a version byte, the codebook's digest, height, width, depth,
 * and the codes, two bytes each where the codebook is small enough, else four.
 *
 * <p>Not the record's own bytes, so that reading them again needs no registry. Immutable.
 */
public final class KeptTokens {

  private static final byte VERSION = 1;
  private static final int MOST_IN_TWO_BYTES = 1 << 16;

  private final Codebook codebook;
  private final byte[] digest;
  private final boolean inTwoBytes;

  /**
   * @param codebook of all grids that are kept
   */
  public KeptTokens(Codebook codebook) {
    this.codebook = codebook;
    this.digest = codebook.digest().getBytes(StandardCharsets.US_ASCII);
    this.inTwoBytes = codebook.size() <= MOST_IN_TWO_BYTES;
  }

  /** The bytes of a grid of the codebook. */
  public byte[] encode(TokenGrid grid) {
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
   * The grid of some bytes; empty if it was kept by a stage of another codebook, and so is as good
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
    byte[] kept = new byte[in.getInt()];
    in.get(kept);
    if (!Arrays.equals(kept, digest)) {
      return Optional.empty();
    }
    int height = in.getInt();
    int width = in.getInt();
    int depth = in.getInt();
    int[] codes = new int[height * width * depth];
    for (int i = 0; i < codes.length; i++) {
      codes[i] = inTwoBytes ? Short.toUnsignedInt(in.getShort()) : in.getInt();
    }
    return Optional.of(new TokenGrid(codebook, height, width, depth, codes));
  }
}
