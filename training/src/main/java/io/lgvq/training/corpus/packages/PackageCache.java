package io.lgvq.training.corpus.packages;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Pinned packages, fetched once by their ordinary clients, checked and unpacked into a folder of
 * this user.
 *
 * <p>Threading: safe for several threads; several processes wait for each other by a file lock. A
 * package's folder appears whole or not at all.
 */
public final class PackageCache {

  private final Path home;
  private final ArchiveClient client;

  /**
   * @param home folder that holds one folder a package; made when needed
   */
  public PackageCache(Path home) {
    this(home, new ArchiveClient());
  }

  PackageCache(Path home, ArchiveClient client) {
    this.home = home;
    this.client = client;
  }

  /** The folder used where nobody names one: {@code ~/.cache/lgvq/packages}. */
  public static Path standardHome() {
    return Path.of(System.getProperty("user.home"), ".cache", "lgvq", "packages");
  }

  /**
   * The folder with the package's {@link PackageSource#members()}, fetched if it is not there yet.
   *
   * @throws PackageException if the client is missing or fails, or the digest differs
   */
  public Path folder(PackageSource source) {
    Path folder = home.resolve(source.folder());
    if (!Files.isDirectory(folder)) {
      // A file lock keeps processes apart, but not two caches of one process.
      synchronized (PackageCache.class) {
        fetchAlone(source, folder);
      }
    }
    return folder.resolve(source.members()).normalize();
  }

  private void fetchAlone(PackageSource source, Path folder) {
    try {
      Files.createDirectories(home);
      try (FileChannel lock = FileChannel.open(home.resolve(".lock"), CREATE, WRITE)) {
        lock.lock();
        // Another process may have fetched it while this one waited.
        if (!Files.isDirectory(folder)) {
          fetch(source, folder);
        }
      }
    } catch (IOException e) {
      throw new PackageException(
          "The package cache %s cannot be written: %s".formatted(home, e.getMessage()), e);
    }
  }

  private void fetch(PackageSource source, Path folder) throws IOException {
    Path work = Files.createTempDirectory(home, ".fetch-");
    try {
      Path archive = client.download(source, work);
      String digest = Digests.sha256(archive);
      if (!digest.equals(source.sha256())) {
        throw new PackageException(
            "The archive of %s %s has SHA-256 %s where %s is pinned; it is not used."
                .formatted(source.name(), source.version(), digest, source.sha256()));
      }
      Path unpacked = Files.createDirectory(work.resolve("unpacked"));
      client.unpack(source, archive, unpacked);
      Files.move(unpacked, folder, ATOMIC_MOVE);
    } finally {
      delete(work);
    }
  }

  private static void delete(Path folder) throws IOException {
    List<Path> paths;
    try (var walk = Files.walk(folder)) {
      paths = walk.sorted(java.util.Comparator.reverseOrder()).toList();
    }
    for (Path path : paths) {
      Files.delete(path);
    }
  }
}
