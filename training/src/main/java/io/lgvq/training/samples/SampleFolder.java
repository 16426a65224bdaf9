package io.lgvq.training.samples;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.lgvq.training.corpus.Sample;
import io.lgvq.training.corpus.scene.ComposedScenes;
import io.lgvq.training.corpus.scene.Landscape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The pictures that the demo shows: scenes of known objects that training never shows together, and
 * photographs that it never shows at all, each with questions and the answers that are true.
 *
 * <p>Stateless.
 */
public final class SampleFolder {

  private static final String SPLIT = "test-new-compositions";
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  private SampleFolder() {}

  /** An entry of {@code samples.json}. */
  record Entry(String file, List<Asked> questions) {}

  /** A question with its true answer. */
  record Asked(String question, String expected) {}

  /**
   * Writes pictures, {@code samples.json} and {@code ATTRIBUTION.md}.
   *
   * @param folder made if it is not there
   * @param corpus at the size that the pictures should have
   * @param scenes how many scenes
   * @param photographs most photographs, of as many places as there are
   */
  public static void write(Path folder, ComposedScenes corpus, int scenes, int photographs)
      throws IOException {
    Files.createDirectories(folder);
    List<Entry> drawn = new ArrayList<>();
    for (int index = 0; index < scenes; index++) {
      Sample sample = corpus.sample(SPLIT, index);
      String file = "scene-%03d.jpg".formatted(index);
      JpegFile.write(sample.pixels(), folder.resolve(file));
      drawn.add(
          new Entry(
              file,
              sample.questions().stream()
                  .map(question -> new Asked(question.question() + "?", question.answer()))
                  .toList()));
    }
    List<Entry> photographed = new ArrayList<>();
    List<Landscape> landscapes = onePerPlace(corpus.landscapes());
    for (Landscape landscape : landscapes.subList(0, Math.min(photographs, landscapes.size()))) {
      String file = "photo-" + landscape.file().getFileName();
      Files.copy(landscape.file(), folder.resolve(file), StandardCopyOption.REPLACE_EXISTING);
      photographed.add(
          new Entry(file, List.of(new Asked("what place is this?", landscape.place()))));
    }
    Files.writeString(
        folder.resolve("samples.json"), JSON.writeValueAsString(mixed(drawn, photographed)) + "\n");
    Files.writeString(folder.resolve("ATTRIBUTION.md"), attribution(corpus, scenes));
  }

  /** Photographs spread among the scenes, the first of them early: short demos show both. */
  private static List<Entry> mixed(List<Entry> drawn, List<Entry> photographed) {
    int stride = Math.max(1, drawn.size() / Math.max(1, photographed.size()));
    List<Entry> mixed = new ArrayList<>();
    for (int i = 0; i < Math.max(drawn.size(), photographed.size()); i++) {
      if (i < drawn.size()) {
        mixed.add(drawn.get(i));
      }
      if (i % stride == 0 && i / stride < photographed.size()) {
        mixed.add(photographed.get(i / stride));
      }
    }
    return mixed;
  }

  private static List<Landscape> onePerPlace(List<Landscape> landscapes) {
    Map<String, Landscape> places = new LinkedHashMap<>();
    landscapes.forEach(landscape -> places.putIfAbsent(landscape.place(), landscape));
    return List.copyOf(places.values());
  }

  private static String attribution(ComposedScenes corpus, int scenes) {
    return """
        # Where these pictures come from

        `scene-*.jpg` are the first %d scenes of the split `%s` of the project's corpus (%s): in
        each stand objects that training never showed together. `photo-*.jpg` are public-domain
        photographs that training never showed, copied unchanged.

        %s
        In these scenes the art was scaled, mirrored, tinted and placed. The licences are at
        <https://opensource.org/license/mit>, <https://www.apache.org/licenses/LICENSE-2.0> and
        <https://creativecommons.org/licenses/by/4.0/>.
        """
        .formatted(scenes, SPLIT, corpus.name(), corpus.attribution());
  }
}
