package io.lgvq.soak.fleet;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Comparator;

/** Looks into folders, and deletes them. */
public final class Folders {

  private Folders() {}

  /**
   * Whether a file of a folder holds anything that was written after a moment.
   *
   * @throws UncheckedIOException if it cannot be read
   */
  public static boolean hasGrownSince(Path folder, FileTime moment) {
    try (var files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        if (Files.size(file) > 1 && Files.getLastModifiedTime(file).compareTo(moment) > 0) {
          return true;
        }
      }
      return false;
    } catch (IOException e) {
      throw new UncheckedIOException(folder + " cannot be read", e);
    }
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
