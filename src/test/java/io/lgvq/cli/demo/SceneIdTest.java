package io.lgvq.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SceneIdTest {
  private static final List<String> FILES =
      List.of("a.png", "a.jpg", "a-2.png", "a b.png", "a_b.png", "a-b.png", "日本.png", "中国.png");

  @Test
  void shouldTellFilesAndTheirRepetitionsApart() {
    Stream<String> ids =
        FILES.stream().flatMap(file -> IntStream.range(0, 5).mapToObj(r -> SceneId.of(file, r)));
    assertThat(ids).doesNotHaveDuplicates();
  }

  @Test
  void shouldBeTheNameItselfWhereThatCanStandInKeysAndPaths() {
    assertThat(SceneId.of("holiday_1.JPG", 0)).isEqualTo("holiday_1.JPG");
    assertThat(SceneId.of("holiday_1.JPG", 1)).isEqualTo("holiday_1.JPG-2");
  }

  @Test
  void shouldBeTakenByTheRestInterfaceWhateverTheNameIs() {
    for (String file : List.of("日本.png", ".hidden.png", "-.png", "../up.png", "x".repeat(255))) {
      assertThat(SceneId.of(file, 999)).matches("[A-Za-z0-9][A-Za-z0-9._:-]{0,127}");
    }
  }
}
