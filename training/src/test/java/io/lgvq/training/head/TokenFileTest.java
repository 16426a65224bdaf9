package io.lgvq.training.head;

import static org.assertj.core.api.Assertions.assertThat;

import io.lgvq.training.corpus.Sample.QuestionAnswer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TokenFileTest {

  private static final List<TokenizedSample> SAMPLES =
      List.of(
          new TokenizedSample(
              new int[] {3, 200_000, 0},
              List.of("a dog", "a dog left of two cats"),
              List.of(new QuestionAnswer("what is left", "dog", "object")),
              List.of("dog", "cat")),
          new TokenizedSample(new int[0], List.of(), List.of(), List.of()));

  @TempDir Path folder;

  @Test
  void shouldReadBackWhatWasWritten() throws Exception {
    TokenFile file = new TokenFile(folder.resolve("train.tokens"), "scenes, seed 1");
    assertThat(file.read(SAMPLES.size())).isEmpty();
    file.write(SAMPLES);

    assertThat(file.read(SAMPLES.size()).orElseThrow())
        .usingRecursiveComparison()
        .isEqualTo(SAMPLES);
    try (var files = Files.list(folder)) {
      assertThat(files).hasSize(1);
    }
  }

  @Test
  void shouldNotReadWhatWasMadeOfSomethingElse() throws Exception {
    Path file = folder.resolve("train.tokens");
    new TokenFile(file, "codebook a").write(SAMPLES);

    assertThat(new TokenFile(file, "codebook b").read(1)).isEmpty();
    new TokenFile(file, "codebook b").write(SAMPLES.subList(0, 1));
    assertThat(new TokenFile(file, "codebook b").read(1).orElseThrow()).hasSize(1);
  }

  @Test
  void shouldReadTheFirstOfMoreAndNothingOfFewer() throws Exception {
    TokenFile file = new TokenFile(folder.resolve("train.tokens"), "scenes, seed 1");
    file.write(SAMPLES);

    assertThat(file.read(1).orElseThrow())
        .usingRecursiveComparison()
        .isEqualTo(SAMPLES.subList(0, 1));
    assertThat(file.read(SAMPLES.size() + 1)).isEmpty();
  }
}
