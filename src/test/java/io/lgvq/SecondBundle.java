package io.lgvq;

import io.lgvq.operators.bundle.Bundle;
import io.lgvq.operators.bundle.Sha256;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Bundles beside the shipped one, made of its graphs: another version, and, where wanted, another
 * codebook, of which only the digest is looked at where nothing is trained.
 */
public final class SecondBundle {
  private static final Path SHIPPED =
      Path.of(System.getProperty("lgvq.root"), "bundles/lgvq-small");

  private SecondBundle() {}

  /** The version of the shipped bundle. */
  public static String shippedVersion() {
    return Bundle.open(SHIPPED).manifest().version();
  }

  /** The shipped bundle elsewhere. */
  public static Path copy(Path folder) {
    return made(folder, shippedVersion(), false);
  }

  /** A bundle of another version with a codebook of its own. */
  public static Path withCodebookOfItsOwn(Path folder, String version) {
    return made(folder, version, true);
  }

  private static Path made(Path folder, String version, boolean otherCodebook) {
    try {
      Files.createDirectories(folder);
      for (Path file : files()) {
        Files.copy(file, folder.resolve(file.getFileName()));
      }
      replace(
          folder.resolve("bundle.yaml"), "\nversion: " + shippedVersion(), "\nversion: " + version);
      if (otherCodebook) {
        changeCodebook(folder);
      }
      return folder;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void changeCodebook(Path folder) throws IOException {
    Path vectors = folder.resolve("codebook.bin");
    String before = Sha256.of(vectors);
    byte[] bytes = Files.readAllBytes(vectors);
    bytes[0] ^= 1;
    Files.write(vectors, bytes);
    String after = Sha256.of(bytes);
    Path reference = folder.resolve("codes.json");
    String referenceBefore = Sha256.of(reference);
    replace(reference, before, after);
    Path manifest = folder.resolve("bundle.yaml");
    replace(manifest, before, after);
    replace(manifest, referenceBefore, Sha256.of(reference));
  }

  private static void replace(Path file, String old, String now) throws IOException {
    String text = Files.readString(file);
    if (!text.contains(old)) {
      throw new IllegalStateException("the shipped bundle's %s holds no %s".formatted(file, old));
    }
    Files.writeString(file, text.replace(old, now));
  }

  private static List<Path> files() throws IOException {
    try (var files = Files.list(SHIPPED)) {
      return files.toList();
    }
  }
}
