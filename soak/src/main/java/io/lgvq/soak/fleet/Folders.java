package io.lgvq.soak.fleet;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** Looks into folders, and deletes them. */
public final class Folders {

  private Folders() {}

  /** How many bytes the files of a folder have; files may come and go meanwhile. */
  public static long bytes(Path folder) {
    File[] files = folder.toFile().listFiles();
    return files == null
        ? 0
        : Stream.of(files)
            .mapToLong(file -> file.isDirectory() ? bytes(file.toPath()) : file.length())
            .sum();
  }

  /**
   * Deletes a folder with all that is in it, if it is there.
   *
   * @throws UncheckedIOException if something in it cannot be deleted
   */
  public static void delete(Path folder) {
    if (!Files.exists(folder)) {
      return;
    }
    try (var files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(folder + " cannot be deleted", e);
    }
  }
}
