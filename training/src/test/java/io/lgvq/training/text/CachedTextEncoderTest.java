package io.lgvq.training.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CachedTextEncoderTest {

  @TempDir Path folder;

  @Test
  void shouldAskTheEncoderOnceForEachTextAlsoAfterARestart() throws IOException {
    var letters = new Letters("a");
    Path file = folder.resolve("features");
    List<float[]> first;
    try (var cached = new CachedTextEncoder(letters, file)) {
      first = cached.sentences(List.of("dog", "cat", "dog"));
      assertThat(cached.sentence("cat")).isEqualTo(first.get(1));
    }
    try (var cached = new CachedTextEncoder(letters, file)) {
      assertThat(cached.sentences(List.of("dog", "cat", "dog"))).containsExactlyElementsOf(first);
      assertThat(cached.stored()).isEqualTo(2);
    }

    assertThat(letters.asked).containsExactly("dog", "cat");
  }

  @Test
  void shouldResumeAfterARecordThatACrashCutOff() throws IOException {
    Path file = folder.resolve("features");
    try (var cached = new CachedTextEncoder(new Letters("a"), file)) {
      cached.warm(List.of("dog", "cat", "dog"), done -> {});
    }
    Files.write(file, new byte[5], StandardOpenOption.APPEND);
    var letters = new Letters("a");
    try (var cached = new CachedTextEncoder(letters, file)) {
      assertThat(cached.warm(List.of("dog", "bus", "cat"), done -> {})).isEqualTo(1);
    }
    try (var cached = new CachedTextEncoder(letters, file)) {
      assertThat(cached.stored()).isEqualTo(3);
      assertThat(cached.sentence("bus")).isEqualTo(new float[] {3, 98});
    }

    assertThat(letters.asked).containsExactly("bus");
  }

  @Test
  void shouldRefuseTheFileOfAnotherEncoder() throws IOException {
    Path file = folder.resolve("features");
    new CachedTextEncoder(new Letters("a"), file).close();

    assertThatThrownBy(() -> new CachedTextEncoder(new Letters("b"), file))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("another text encoder");
  }

  @Test
  void shouldReadWhatAnotherHolderWroteAndKeepItsOwnApart() throws IOException {
    Path file = folder.resolve("features");
    try (var owner = new CachedTextEncoder(new Letters("a"), file)) {
      owner.sentence("dog");
      var letters = new Letters("a");
      try (var guest = new CachedTextEncoder(letters, file)) {
        guest.sentences(List.of("dog", "cat"));
        guest.sentence("cat");
      }
      owner.sentence("bus");

      assertThat(letters.asked).containsExactly("cat");
    }
    try (var again = new CachedTextEncoder(new Letters("a"), file)) {
      assertThat(again.stored()).isEqualTo(3);
      assertThat(again.warm(List.of("dog", "bus", "cat"), done -> {})).isZero();
    }
  }

  @Test
  void shouldReadWhatAnotherHolderAddsMeanwhile() throws IOException {
    Path file = folder.resolve("features");
    var letters = new Letters("a");
    try (var owner = new CachedTextEncoder(new Letters("a"), file);
        var guest = new CachedTextEncoder(letters, file)) {
      owner.sentences(List.of("dog", "cat"));

      assertThat(guest.sentence("cat")).isEqualTo(new float[] {3, 99});
      assertThat(guest.warm(List.of("dog", "bus"), done -> {})).isEqualTo(1);

      owner.sentence("horse");
      guest.sentence("horse");
    }
    assertThat(letters.asked).containsExactly("bus");
  }

  /** Length and first letter of a text. */
  private static final class Letters implements TextEncoder {

    private final String digest;
    private final List<String> asked = new ArrayList<>();

    Letters(String letter) {
      this.digest = letter.repeat(64);
    }

    @Override
    public String name() {
      return "letters";
    }

    @Override
    public String digest() {
      return digest;
    }

    @Override
    public int dimension() {
      return 2;
    }

    @Override
    public int vocabularySize() {
      return 26;
    }

    @Override
    public int[] tokens(String text) {
      return text.chars().toArray();
    }

    @Override
    public List<float[]> sentences(List<String> texts) {
      asked.addAll(texts);
      return texts.stream().map(text -> new float[] {text.length(), text.charAt(0)}).toList();
    }

    @Override
    public float[] wordTable() {
      return new float[52];
    }

    @Override
    public String piece(int id) {
      return Character.toString(id);
    }

    @Override
    public boolean contentWord(int id) {
      return true;
    }

    @Override
    public void close() {}
  }
}
