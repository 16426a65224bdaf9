package io.lgvq.soak.course;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The pictures of a course.
 *
 * @param files {@link Course#PICTURES} encoded images
 */
public record Pictures(List<byte[]> files) {

  /**
   * The first pictures of a folder, by name.
   *
   * @throws IOException if they cannot be read, or are too few
   */
  public static Pictures of(Path folder) throws IOException {
    List<Path> paths;
    try (var listed = Files.list(folder)) {
      paths =
          listed
              .filter(path -> path.getFileName().toString().startsWith("scene-"))
              .sorted()
              .limit(Course.PICTURES)
              .toList();
    }
    if (paths.size() < Course.PICTURES) {
      throw new IOException(
          "%s holds %d pictures named scene-*, and %d are needed"
              .formatted(folder, paths.size(), Course.PICTURES));
    }
    List<byte[]> files = new ArrayList<>();
    for (Path path : paths) {
      files.add(Files.readAllBytes(path));
    }
    return new Pictures(List.copyOf(files));
  }

  /** The file of a picture, whole or torn in the middle. */
  byte[] file(int picture, boolean broken) {
    byte[] whole = files.get(picture);
    return broken ? Arrays.copyOf(whole, whole.length / 2) : whole;
  }
}
