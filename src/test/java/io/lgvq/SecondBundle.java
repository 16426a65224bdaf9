package io.lgvq;

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
  private static final String SHIPPED_VERSION = "version: 1.1.0";

  private SecondBundle() {}

  /** The shipped bundle elsewhere. */
  public static Path copy(Path folder) {
    return made(folder, "1.1.0", false);
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
      String manifest = Files.readString(folder.resolve("bundle.yaml"));
      if (!manifest.contains(SHIPPED_VERSION)) {
        throw new IllegalStateException("the shipped bundle is no longer of " + SHIPPED_VERSION);
      }
      manifest = manifest.replace(SHIPPED_VERSION, "version: " + version);
      if (otherCodebook) {
        Path vectors = folder.resolve("codebook.bin");
        String before = Sha256.of(vectors);
        byte[] bytes = Files.readAllBytes(vectors);
        bytes[0] ^= 1;
        Files.write(vectors, bytes);
        manifest = manifest.replace(before, Sha256.of(bytes));
      }
      Files.writeString(folder.resolve("bundle.yaml"), manifest);
      return folder;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<Path> files() throws IOException {
    try (var files = Files.list(SHIPPED)) {
      return files.toList();
    }
  }
}
