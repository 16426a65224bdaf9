package io.lgvq.training.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class CardSectionTest {

  private static final String CARD =
      "# A bundle\n\n## Measured\n\nWell.\n\n## Meant for\n\nTrying.\n";

  @Test
  void shouldStandBeforeWhatTheBundleIsMeantFor() {
    String card = CardSection.in(CARD, CardSection.of("It fails at cats."));

    assertThat(card)
        .startsWith("# A bundle\n\n## Measured\n\nWell.\n\n<!-- audit")
        .contains("-->\n## Bias\n\nIt fails at cats.\n<!--")
        .endsWith("-->\n\n## Meant for\n\nTrying.\n");
  }

  @Test
  void shouldTakeThePlaceOfTheOneBefore() {
    String first = CardSection.in(CARD, CardSection.of("It fails at cats."));
    String second = CardSection.in(first, CardSection.of("It fails at dogs."));

    assertThat(second).isEqualTo(first.replace("cats", "dogs"));
  }

  @Test
  void shouldStandAtTheEndOfACardOfOtherForm() {
    assertThat(CardSection.in("# Mine\n\nText.", CardSection.of("It fails.")))
        .startsWith("# Mine\n\nText.\n\n<!-- audit")
        .endsWith("<!-- /audit -->\n");
  }

  @Test
  void shouldRefuseACardWhoseSectionHasNoEnd() {
    String cut = CardSection.in(CARD, CardSection.of("It fails.")).replace("<!-- /audit -->", "");

    assertThatThrownBy(() -> CardSection.in(cut, CardSection.of("It fails.")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("<!-- /audit -->");
  }
}
