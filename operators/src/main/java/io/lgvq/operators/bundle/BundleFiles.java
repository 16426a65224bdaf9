package io.lgvq.operators.bundle;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * Where a bundle's files lie: a folder or a zip file. Nothing stays open between two reads.
 *
 * <p>A file's name is one plain name, so no manifest reaches outside its bundle.
 */
sealed interface BundleFiles {

  /** No single file of a bundle may be larger; a zip entry that swells past it is refused. */
  int MAX_FILE_BYTES = 1 << 30;

  /** Reads one file whole. */
  byte[] read(String name) throws IOException;

  /** Whether there is such a file. */
  boolean has(String name);

  /** Folder or zip, told apart by what lies there. */
  static BundleFiles at(Path location) {
    if (Files.isDirectory(location)) {
      return new Folder(location);
    }
    if (!Files.isRegularFile(location)) {
      throw new BundleException("There is no bundle at " + location + ".");
    }
    try (ZipFile zip = new ZipFile(location.toFile())) {
      return new Zip(location, prefix(zip));
    } catch (IOException e) {
      throw new BundleException(location + " is neither a folder nor a readable zip file.", e);
    }
  }

  /** A zip may hold the files themselves, or one folder that holds them. */
  private static String prefix(ZipFile zip) {
    return zip.stream()
        .map(ZipEntry::getName)
        .filter(
            name -> name.equals(BundleManifest.FILE) || name.endsWith("/" + BundleManifest.FILE))
        .filter(name -> name.indexOf('/') == name.lastIndexOf('/'))
        .map(name -> name.substring(0, name.length() - BundleManifest.FILE.length()))
        .sorted()
        .findFirst()
        .orElse("");
  }

  private static byte[] bounded(InputStream in, String name) throws IOException {
    byte[] bytes = in.readNBytes(MAX_FILE_BYTES);
    if (in.read() >= 0) {
      throw tooLarge(name);
    }
    return bytes;
  }

  private static IOException tooLarge(String name) {
    return new IOException(name + " is larger than " + MAX_FILE_BYTES + " bytes");
  }

  private static boolean plain(String name) {
    return !name.isBlank()
        && !name.contains("/")
        && !name.contains("\\")
        && !name.equals(".")
        && !name.equals("..");
  }

  /** Files side by side in a folder. */
  record Folder(Path folder) implements BundleFiles {
    @Override
    public byte[] read(String name) throws IOException {
      if (!plain(name)) {
        throw new NoSuchFileException(name);
      }
      Path file = folder.resolve(name);
      if (Files.size(file) > MAX_FILE_BYTES) {
        throw tooLarge(name);
      }
      // A stream is joined from parts, which takes twice the memory.
      return Files.readAllBytes(file);
    }

    @Override
    public boolean has(String name) {
      return plain(name) && Files.isRegularFile(folder.resolve(name));
    }
  }

  /** Entries of a zip file, all behind one prefix. */
  record Zip(Path file, String prefix) implements BundleFiles {
    @Override
    public byte[] read(String name) throws IOException {
      try (ZipFile zip = new ZipFile(file.toFile())) {
        ZipEntry entry = plain(name) ? zip.getEntry(prefix + name) : null;
        if (entry == null) {
          throw new NoSuchFileException(name);
        }
        try (InputStream in = zip.getInputStream(entry)) {
          return bounded(in, name);
        }
      }
    }

    @Override
    public boolean has(String name) {
      try (ZipFile zip = new ZipFile(file.toFile())) {
        return plain(name) && zip.getEntry(prefix + name) != null;
      } catch (IOException e) {
        return false;
      }
    }
  }
}
