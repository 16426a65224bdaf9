package io.lgvq.topology.answer;

import static io.lgvq.topology.rig.SmallModel.CODEBOOK;
import static io.lgvq.topology.rig.SmallModel.FOREIGN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lgvq.operators.codebook.Codebook;
import io.lgvq.operators.codebook.TokenGrid;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class KeptTokensTest {

  @Test
  void shouldGiveBackTheGrid() {
    var grid = new TokenGrid(CODEBOOK, 1, 3, 2, new int[] {0, 1, 127, 128, 254, 255});
    var kept = new KeptTokens(loaded(CODEBOOK));

    assertThat(kept.decode(kept.encode(grid))).contains(grid);
  }

  @Test
  void shouldGiveBackGridOfLargestCodebook() {
    var large = new Codebook("large", "1", "c3".repeat(32), Codebook.MAX_SIZE);
    var grid = new TokenGrid(large, 1, 2, 1, new int[] {65_536, Codebook.MAX_SIZE - 1});
    var kept = new KeptTokens(loaded(large));

    assertThat(kept.decode(kept.encode(grid))).contains(grid);
  }

  @Test
  void shouldGiveNothingBackAfterChangeOfCodebook() {
    var grid = new TokenGrid(CODEBOOK, 1, 1, 1, new int[] {5});
    byte[] bytes = new KeptTokens(loaded(CODEBOOK)).encode(grid);

    assertThat(new KeptTokens(loaded(FOREIGN)).decode(bytes)).isEmpty();
  }

  @Test
  void shouldGiveBackGridsOfBothCodebooksWhileBothAreLoaded() {
    var wide = new Codebook("wide", "1", "c3".repeat(32), Codebook.MAX_SIZE);
    var old = new TokenGrid(CODEBOOK, 1, 1, 2, new int[] {5, 255});
    var fresh = new TokenGrid(wide, 1, 1, 2, new int[] {5, 65_536});
    var kept = new KeptTokens(loaded(CODEBOOK, wide));

    assertThat(kept.decode(kept.encode(old))).contains(old);
    assertThat(kept.decode(kept.encode(fresh))).contains(fresh);
  }

  @Test
  void shouldRefuseFormatOfNewerRelease() {
    var kept = new KeptTokens(loaded(CODEBOOK));
    byte[] bytes = kept.encode(new TokenGrid(CODEBOOK, 1, 1, 1, new int[] {5}));
    bytes[0] = 2;

    assertThatThrownBy(() -> kept.decode(bytes)).hasMessageContaining("newer release");
  }

  private static Function<String, Optional<Codebook>> loaded(Codebook... codebooks) {
    return digest -> Stream.of(codebooks).filter(c -> c.digest().equals(digest)).findFirst();
  }
}
