package io.lgvq.training.corpus.folder;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.lgvq.training.corpus.Sample.QuestionAnswer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Reads a JSON-lines file: one object a line with {@code image} (path, relative to the file),
 * {@code captions} and, if there are any, {@code id}, {@code questions} (each with {@code
 * question}, {@code answer} and perhaps {@code type}), {@code objects}, {@code counts} and {@code
 * traits} (of the whole image, by name).
 */
final class JsonLines {

  private static final JsonMapper MAPPER =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

  private record Line(
      String id,
      String image,
      List<String> captions,
      List<Asked> questions,
      List<String> objects,
      List<Integer> counts,
      Map<String, String> traits) {}

  private record Asked(String question, String answer, String type) {}

  private JsonLines() {}

  /**
   * @throws IllegalArgumentException with file and line number if a line is not as it should be
   */
  static List<Entry> read(Path file) throws IOException {
    List<String> lines = Files.readAllLines(file);
    List<Entry> entries = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      if (!lines.get(i).isBlank()) {
        try {
          entries.add(entry(file, MAPPER.readValue(lines.get(i), Line.class)));
        } catch (JsonProcessingException e) {
          throw wrong(file, i, e.getOriginalMessage());
        } catch (IllegalArgumentException e) {
          throw wrong(file, i, e.getMessage());
        }
      }
    }
    return entries;
  }

  private static IllegalArgumentException wrong(Path file, int line, String why) {
    return new IllegalArgumentException("%s, line %d: %s".formatted(file, line + 1, why));
  }

  private static Entry entry(Path file, Line line) {
    String image = Optional.ofNullable(line.image).orElse("");
    List<String> captions = orEmpty(line.captions);
    if (image.isBlank() || captions.isEmpty()) {
      throw new IllegalArgumentException("'image' and at least one of 'captions' are needed");
    }
    if (line.traits != null && line.traits.containsValue(null)) {
      throw new IllegalArgumentException("each of 'traits' needs a value");
    }
    return new Entry(
        Objects.requireNonNullElse(line.id, image),
        file.resolveSibling(image),
        captions,
        orEmpty(line.questions).stream().map(JsonLines::question).toList(),
        orEmpty(line.objects),
        counts(line),
        line.traits == null ? Map.of() : Map.copyOf(line.traits));
  }

  private static List<Integer> counts(Line line) {
    List<Integer> counts = orEmpty(line.counts);
    if (counts.isEmpty()) {
      return counts;
    }
    int objects = orEmpty(line.objects).size();
    if (counts.size() != objects || counts.stream().anyMatch(count -> count < 1)) {
      throw new IllegalArgumentException(
          "'counts' are as many as 'objects', 1 or more each, not %s for %d objects"
              .formatted(counts, objects));
    }
    return counts;
  }

  private static QuestionAnswer question(Asked asked) {
    if (asked.question == null || asked.answer == null) {
      throw new IllegalArgumentException("each question needs 'question' and 'answer'");
    }
    return new QuestionAnswer(
        asked.question, asked.answer, Objects.requireNonNullElse(asked.type, "object"));
  }

  private static <T> List<T> orEmpty(List<T> list) {
    return list == null ? List.of() : List.copyOf(list);
  }
}
