package io.lgvq.training.corpus.folder;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Reads a folder, and those below it, where {@code cat.jpg} has its captions in {@code cat.txt},
 * one a line. Images without captions are passed over.
 */
final class CaptionedFolder {

  private static final Set<String> ENDINGS = Set.of("jpg", "jpeg", "png", "webp", "gif", "bmp");

  private CaptionedFolder() {}

  /** Entries in the order of their paths; the path is the id. */
  static List<Entry> read(Path folder) throws IOException {
    List<Path> files;
    try (var walk = Files.walk(folder)) {
      files = walk.filter(Files::isRegularFile).sorted().toList();
    }
    List<Entry> entries = new ArrayList<>();
    for (Path file : files) {
      String name = file.getFileName().toString();
      int dot = name.lastIndexOf('.');
      if (dot > 0 && ENDINGS.contains(name.substring(dot + 1).toLowerCase(Locale.ROOT))) {
        Path captions = file.resolveSibling(name.substring(0, dot) + ".txt");
        if (Files.exists(captions)) {
          List<String> lines =
              Files.readAllLines(captions).stream().filter(l -> !l.isBlank()).toList();
          if (!lines.isEmpty()) {
            String id = folder.relativize(file).toString().replace('\\', '/');
            entries.add(new Entry(id, file, lines, List.of(), List.of(), List.of(), Map.of()));
          }
        }
      }
    }
    return entries;
  }
}
