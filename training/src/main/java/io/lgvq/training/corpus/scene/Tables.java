package io.lgvq.training.corpus.scene;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The word lists that ship with this package, as tab-separated resources. */
final class Tables {

  private Tables() {}

  /** All nouns, in the order of their words. */
  static List<Noun> nouns() {
    return rows("nouns.tsv").stream()
        .map(
            row ->
                new Noun(
                    row.get(0),
                    row.get(1),
                    row.get(2),
                    optional(row.get(3)).map(Colour::of),
                    optional(row.get(4)),
                    row.get(5).equals("known")))
        .toList();
  }

  /** All photographs. */
  static List<Photo> photos() {
    return rows("photos.tsv").stream()
        .map(row -> new Photo(row.get(0), row.get(1), row.get(2).equals("held")))
        .toList();
  }

  /** File of the public-domain collection for each noun that it shows well. */
  static Map<String, String> clipArt() {
    return rows("openclipart.tsv").stream()
        .collect(Collectors.toUnmodifiableMap(row -> row.get(0), row -> row.get(1)));
  }

  private static Optional<String> optional(String cell) {
    return cell.equals("-") ? Optional.empty() : Optional.of(cell);
  }

  private static List<List<String>> rows(String resource) {
    try (InputStream in = Tables.class.getResourceAsStream(resource)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.startsWith("#"))
          .map(line -> List.of(line.split("\t", -1)))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
