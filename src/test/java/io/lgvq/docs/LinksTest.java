package io.lgvq.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Links from one of our documents to another file, or to a heading. */
class LinksTest {
  private static final Path ROOT = Path.of(System.getProperty("lgvq.root"));
  private static final Pattern LINK = Pattern.compile("]\\(([^)\\s]+)\\)");
  private static final Pattern SCHEME = Pattern.compile("^[a-z]+:.*");

  @TestFactory
  Stream<DynamicTest> shouldLeadSomewhere() throws IOException {
    List<Path> documents = documents();
    assertThat(documents).hasSizeGreaterThan(20).contains(ROOT.resolve("README.md"));
    return documents.stream()
        .map(
            document ->
                DynamicTest.dynamicTest(
                    ROOT.relativize(document).toString(),
                    () -> assertThat(links(document)).allSatisfy(link -> check(document, link))));
  }

  private static void check(Path document, String link) {
    String[] parts = link.split("#", 2);
    Path target = parts[0].isEmpty() ? document : document.resolveSibling(parts[0]);
    assertThat(target).as(link).exists();
    if (parts.length == 2 && target.toString().endsWith(".md")) {
      assertThat(anchors(target)).as(link).contains(parts[1]);
    }
  }

  /** What lies at the root, in {@code docs} and in each module's own folder. */
  private static List<Path> documents() throws IOException {
    try (Stream<Path> top = Files.list(ROOT);
        Stream<Path> modules = Files.list(ROOT);
        Stream<Path> docs = Files.walk(ROOT.resolve("docs"))) {
      return Stream.of(top, modules.map(module -> module.resolve("README.md")), docs)
          .flatMap(files -> files)
          .filter(file -> file.toString().endsWith(".md") && Files.isRegularFile(file))
          .sorted()
          .toList();
    }
  }

  private static List<String> links(Path document) {
    return LINK.matcher(text(document))
        .results()
        .map(link -> link.group(1))
        .filter(link -> !SCHEME.matcher(link).matches())
        .toList();
  }

  /** The headings as GitHub names them in addresses. */
  private static List<String> anchors(Path document) {
    return text(document)
        .lines()
        .map(LinksTest::heading)
        .flatMap(Optional::stream)
        .map(heading -> heading.toLowerCase(Locale.ROOT).replaceAll("[^\\w\\- ]", ""))
        .map(heading -> heading.replace(' ', '-'))
        .toList();
  }

  private static Optional<String> heading(String line) {
    return line.matches("#{1,6} .*")
        ? Optional.of(line.replaceFirst("#+ ", "").strip())
        : Optional.empty();
  }

  private static String text(Path document) {
    try {
      return Files.readString(document);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
