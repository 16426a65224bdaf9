package io.lgvq.app.rollout;

import io.lgvq.operators.bundle.Bundle;
import io.lgvq.operators.bundle.BundleException;
import io.lgvq.operators.rollout.Phase;
import io.lgvq.operators.rollout.RolloutStatus;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;

/**
 * How far the rollout is, kept beside the stages' state: a process that is restarted in the middle
 * of one goes on there, rather than publish with the old bundle again.
 *
 * <p>Threading: used under the lock of {@link Bundles}.
 */
final class RolloutFile {
  private final Path file;

  RolloutFile(Path stateFolder) {
    this.file = stateFolder.resolve("rollout.properties");
  }

  /**
   * One bundle as it was.
   *
   * @param location where it lay
   * @param fingerprint what it was
   */
  record Known(Path location, String fingerprint) {

    /** What lies at a location now. */
    static Known at(Path location) {
      return new Known(location, Bundle.fingerprint(location));
    }

    private boolean isThere() {
      try {
        return Bundle.fingerprint(location).equals(fingerprint);
      } catch (BundleException e) {
        return false; // whoever asks says what follows from that
      }
    }
  }

  /**
   * What was kept.
   *
   * @param configured the bundle of the configuration, when it was kept
   */
  record Kept(
      Known configured, Known published, Optional<Known> beside, Phase phase, double share) {

    /** The first of its bundles that is not what it was. */
    Optional<Path> missing() {
      return Stream.concat(Stream.of(published), beside.stream())
          .filter(bundle -> !bundle.isThere())
          .map(Known::location)
          .findFirst();
    }
  }

  /** What was kept, if anything was. */
  Optional<Kept> read() {
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    Properties kept = new Properties();
    try (Reader in = Files.newBufferedReader(file)) {
      kept.load(in);
      return Optional.of(
          new Kept(
              known(kept, "configured").orElseThrow(),
              known(kept, "published").orElseThrow(),
              known(kept, "beside"),
              Phase.valueOf(kept.getProperty("phase", "")),
              Double.parseDouble(kept.getProperty("share", ""))));
    } catch (IOException | RuntimeException e) {
      throw new BundleException(
          "The file %s, which says how far a rollout is, cannot be read; delete it to start with lgvq.bundle alone."
              .formatted(file),
          e);
    }
  }

  /** Keeps how far the rollout is. */
  void write(Known configured, Known published, Optional<Known> beside, RolloutStatus status) {
    Properties kept = new Properties();
    put(kept, "configured", configured);
    put(kept, "published", published);
    beside.ifPresent(bundle -> put(kept, "beside", bundle));
    kept.setProperty("phase", status.phase().name());
    kept.setProperty("share", Double.toString(status.share()));
    Path fresh = file.resolveSibling(file.getFileName() + ".new");
    try {
      Files.createDirectories(file.getParent());
      try (Writer out = Files.newBufferedWriter(fresh)) {
        kept.store(out, "How far the rollout of a bundle is; docs/rollout.md");
      }
      Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException("The rollout's state cannot be kept in " + file, e);
    }
  }

  /** Keeps nothing: the configuration says it all. */
  void delete() {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new UncheckedIOException("The file " + file + " cannot be deleted", e);
    }
  }

  /** Where it is kept, for people. */
  Path place() {
    return file;
  }

  private static void put(Properties kept, String name, Known bundle) {
    kept.setProperty(name, bundle.location().toString());
    kept.setProperty(name + ".fingerprint", bundle.fingerprint());
  }

  private static Optional<Known> known(Properties kept, String name) {
    return Optional.ofNullable(kept.getProperty(name))
        .map(place -> new Known(Path.of(place), kept.getProperty(name + ".fingerprint", "")));
  }
}
