package io.lgvq.soak.verify;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TokensReadTest {

  private final TokensRead read = new TokensRead();
  private final List<String> wrong = new ArrayList<>();

  @Test
  void shouldFindImageUnknownThoughLaterTokensWereRead() {
    read.tokens("bus", 4);
    read.tokens("cat", 9);
    read.answered(0, "cat");
    read.unknown(0, "bus", wrong::add);

    assertThat(wrong).containsExactly("its tokens are at offset 4, and those at 9 had been read");
  }

  @Test
  void shouldFindItAlsoWhereItsTokensAreSeenAfterTheAnswer() {
    read.tokens("cat", 9);
    read.answered(0, "cat");
    read.unknown(0, "bus", wrong::add);
    assertThat(wrong).isEmpty();

    read.tokens("bus", 4);

    assertThat(wrong).hasSize(1);
  }

  @Test
  void shouldBearUnknownImageWhoseTokensCameLater() {
    read.tokens("cat", 9);
    read.answered(0, "cat");
    read.unknown(0, "bus", wrong::add);
    read.tokens("bus", 12);

    assertThat(wrong).isEmpty();
  }

  @Test
  void shouldBearUnknownImageBeforeAnythingWasAnsweredOfItsPartition() {
    read.tokens("bus", 4);
    read.tokens("cat", 9);
    read.answered(1, "cat");
    read.unknown(0, "bus", wrong::add);
    read.answered(0, "cat");

    assertThat(wrong).isEmpty();
  }

  @Test
  void shouldGoByTheFirstTokensOfAnImage() {
    read.tokens("cat", 3);
    read.tokens("bus", 4);
    read.tokens("cat", 9);
    read.answered(0, "cat");
    read.unknown(0, "bus", wrong::add);

    assertThat(wrong).isEmpty();
  }
}
