package io.lgvq.training.corpus.folder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lgvq.operators.image.Fit;
import io.lgvq.operators.image.ImageIoDecoder;
import io.lgvq.operators.image.ImageLimits;
import io.lgvq.operators.image.Pixels;
import io.lgvq.operators.image.PngEncoder;
import io.lgvq.training.corpus.Sample;
import io.lgvq.training.corpus.Sample.QuestionAnswer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderCorpusTest {

  @TempDir Path folder;

  private final ImageIoDecoder decoder = new ImageIoDecoder(8, 8, Fit.CROP, ImageLimits.standard());

  @AfterEach
  void close() {
    decoder.close();
  }

  @Test
  void shouldPairImagesOfAFolderWithTheTextsBesideThem() throws IOException {
    image("pets/cat.png", 40);
    text("pets/cat.txt", "a cat\n\na gray cat on a wall\n");
    image("lonely.png", 90);
    text("ATTRIBUTION.md", "Photos by Ada, CC0");

    FolderCorpus corpus = open(folder);
    Sample only = samples(corpus).get(0);

    assertThat(samples(corpus)).hasSize(1);
    assertThat(only.id()).isEqualTo("pets/cat.png");
    assertThat(only.captions()).containsExactly("a cat", "a gray cat on a wall");
    assertThat(only.pixels()).isEqualTo(gray(40));
    assertThat(corpus.attribution()).isEqualTo("Photos by Ada, CC0");
  }

  @Test
  void shouldReadCaptionsAndQuestionsFromJsonLines() throws IOException {
    image("a.png", 200);
    Path lines =
        text(
            "all.jsonl",
            """
            {"id": "first", "image": "a.png", "captions": ["a wall"], "objects": ["wall"],
            """
                    .strip()
                + """
             "traits": {"camera": "old"}, "questions": [{"question": "what color is it", "answer": "white", "type": "colour"}]}

            """);

    Sample sample = samples(open(lines)).get(0);

    assertThat(sample.id()).isEqualTo("first");
    assertThat(sample.objects()).containsExactly("wall");
    assertThat(sample.traits().image()).containsExactly(Map.entry("camera", "old"));
    assertThat(sample.questions())
        .containsExactly(new QuestionAnswer("what color is it", "white", "colour"));
  }

  @Test
  void shouldReadHowManyThereAreOfEachObject() throws IOException {
    image("a.png", 200);
    Path lines =
        text(
            "all.jsonl",
            """
            {"image": "a.png", "captions": ["two cats and a dog"], "objects": ["cat", "dog"],\
             "counts": [2, 1]}
            """);

    assertThat(samples(open(lines)).get(0).counts()).containsExactly(2, 1);
  }

  @Test
  void shouldRefuseCountsThatDoNotFitTheObjects() throws IOException {
    String line =
        "{\"image\": \"a.png\", \"captions\": [\"x\"], \"objects\": [\"cat\"], \"counts\": %s}";
    Path many = text("many.jsonl", line.formatted("[2, 1]"));
    Path none = text("none.jsonl", line.formatted("[0]"));

    assertThatThrownBy(() -> open(many))
        .hasMessageContaining("line 1")
        .hasMessageContaining("[2, 1] for 1 objects");
    assertThatThrownBy(() -> open(none)).hasMessageContaining("1 or more");
  }

  @Test
  void shouldNameTheLineThatIsWrong() throws IOException {
    Path lines = text("all.jsonl", "{\"image\": \"a.png\", \"captions\": [\"x\"]}\n{\"image\": 1");

    assertThatThrownBy(() -> open(lines))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("line 2");
  }

  @Test
  void shouldRefuseALineWithoutCaptionsAndAnIdThatStandsTwice() throws IOException {
    Path empty = text("empty.jsonl", "{\"image\": \"a.png\"}");
    Path twice = text("twice.jsonl", "{\"image\": \"a.png\", \"captions\": [\"x\"]}\n".repeat(2));

    assertThatThrownBy(() -> open(empty))
        .hasMessageContaining("line 1")
        .hasMessageContaining("captions");
    assertThatThrownBy(() -> open(twice)).hasMessageContaining("'a.png' stands twice");
  }

  @Test
  void shouldSayWhichImageCannotBeTrainedOn() throws IOException {
    text("bad.png", "no picture");
    text("bad.txt", "nothing");

    FolderCorpus corpus = open(folder);

    assertThatThrownBy(() -> samples(corpus))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("bad.png");
  }

  @Test
  void shouldKeepAnImageInItsSplitWhenOthersCome() throws IOException {
    image("a.png", 10);
    String line = "{\"id\": \"%d\", \"image\": \"a.png\", \"captions\": [\"x\"]}\n";
    var lines = new StringBuilder();
    for (int i = 0; i < 200; i++) {
      lines.append(line.formatted(i));
    }
    FolderCorpus few = open(text("few.jsonl", lines.toString()));
    for (int i = 200; i < 600; i++) {
      lines.insert(0, line.formatted(i));
    }
    FolderCorpus many = open(text("many.jsonl", lines.toString()));

    for (String split : List.of("train", "validation", "test")) {
      assertThat(ids(many, split)).as(split).containsAll(ids(few, split));
    }
    assertThat(many.size("train")).isBetween(510L, 570L);
    assertThat(many.size("validation")).isBetween(15L, 50L);
    assertThat(many.size("test")).isBetween(15L, 50L);
  }

  private static List<String> ids(FolderCorpus corpus, String split) {
    List<String> ids = new ArrayList<>();
    for (long i = 0; i < corpus.size(split); i++) {
      ids.add(corpus.sample(split, i).id());
    }
    return ids;
  }

  private FolderCorpus open(Path source) throws IOException {
    return FolderCorpus.open(source, decoder, 8, 8);
  }

  private static List<Sample> samples(FolderCorpus corpus) {
    List<Sample> samples = new ArrayList<>();
    for (String split : corpus.splits()) {
      for (long i = 0; i < corpus.size(split); i++) {
        samples.add(corpus.sample(split, i));
      }
    }
    return samples;
  }

  private void image(String name, int shade) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.write(file, PngEncoder.encode(gray(shade)));
  }

  private Path text(String name, String content) throws IOException {
    return Files.writeString(folder.resolve(name), content);
  }

  private static Pixels gray(int shade) {
    byte[] rgb = new byte[3 * 64];
    Arrays.fill(rgb, (byte) shade);
    return new Pixels(8, 8, rgb);
  }
}
