package io.lgvq.cli.demo;

import io.lgvq.cli.shell.Failure;
import io.lgvq.cli.shell.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Where the demo's pictures come from: the samples of the project, or a folder of the user's. Names
 * alone are read here; files are opened when their turn comes.
 */
final class Scenes {
  private static final Map<String, String> MEDIA_TYPES =
      Map.of(
          "jpg", "image/jpeg",
          "jpeg", "image/jpeg",
          "png", "image/png",
          "gif", "image/gif",
          "bmp", "image/bmp",
          "webp", "image/webp");

  private Scenes() {}

  /** One entry of {@code samples.json}. */
  record Sample(String file, List<SampleQuestion> questions) {}

  /** A question of a sample, with its true answer. */
  record SampleQuestion(String question, String expected) {}

  /**
   * The sample scenes in the order of their index, which begins with scenes and a photograph; cut
   * to a count or repeated up to it.
   *
   * @param folder holds {@code samples.json} and the files that it names
   * @param count how many; empty for all, each once
   */
  static List<Scene> samples(Path folder, Optional<Integer> count) {
    Path index = folder.resolve("samples.json");
    try {
      Sample[] samples = Json.mapper().readValue(index.toFile(), Sample[].class);
      int wanted = count.orElse(samples.length);
      List<Sample> chosen = List.of(samples).subList(0, Math.min(wanted, samples.length));
      return repeat(chosen, folder, wanted);
    } catch (IOException e) {
      throw new Failure("The samples cannot be read from " + index + ": " + e.getMessage(), e);
    }
  }

  /**
   * The pictures of a folder, in the order of their names, each with the same questions. Fewer than
   * there are: spread evenly over all of them. More: all, over and over.
   *
   * @param folder of the user
   * @param questions what to ask of every picture; may be empty
   * @param count how many; empty for all, each once
   */
  static List<Scene> folder(Path folder, List<String> questions, Optional<Integer> count) {
    List<SampleQuestion> asked =
        questions.stream().map(question -> new SampleQuestion(question, null)).toList();
    try (Stream<Path> files = Files.list(folder)) {
      List<Sample> samples =
          files
              .filter(file -> MEDIA_TYPES.containsKey(extension(file.toString())))
              .filter(Files::isRegularFile)
              .sorted()
              .map(file -> new Sample(file.getFileName().toString(), asked))
              .toList();
      int wanted = count.orElse(samples.size());
      return repeat(spread(samples, Math.min(wanted, samples.size())), folder, wanted);
    } catch (IOException e) {
      throw new Failure("The folder " + folder + " cannot be read: " + e.getMessage(), e);
    }
  }

  private static List<Sample> spread(List<Sample> samples, int wanted) {
    return IntStream.range(0, wanted)
        .mapToObj(i -> samples.get((int) ((long) i * samples.size() / wanted)))
        .toList();
  }

  private static List<Scene> repeat(List<Sample> chosen, Path folder, int wanted) {
    if (chosen.isEmpty()) {
      throw new Failure(
          "There is no picture in %s (%s)."
              .formatted(folder, String.join(", ", new TreeSet<>(MEDIA_TYPES.keySet()))));
    }
    return IntStream.range(0, wanted)
        .mapToObj(i -> scene(chosen.get(i % chosen.size()), folder, i / chosen.size()))
        .toList();
  }

  private static Scene scene(Sample sample, Path folder, int round) {
    String id = SceneId.of(sample.file(), round);
    List<Scene.Asked> questions =
        IntStream.range(0, sample.questions().size())
            .mapToObj(i -> asked(id + ".q" + (i + 1), sample.questions().get(i)))
            .toList();
    String mediaType =
        MEDIA_TYPES.getOrDefault(extension(sample.file()), "application/octet-stream");
    return new Scene(id, folder.resolve(sample.file()), mediaType, questions);
  }

  private static Scene.Asked asked(String id, SampleQuestion question) {
    return new Scene.Asked(id, question.question(), Optional.ofNullable(question.expected()));
  }

  private static String extension(String name) {
    return name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
  }
}
