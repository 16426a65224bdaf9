package io.lgvq.training.export;

import io.lgvq.operators.bundle.BundleManifest;
import io.lgvq.operators.bundle.ManifestYaml;
import io.lgvq.operators.bundle.ReferenceJson;
import io.lgvq.operators.bundle.Sha256;
import io.lgvq.operators.drift.CodeReference;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Writes bundles (see {@code docs/bundle.md}): the files first, the manifest with their digests
 * last, so that a bundle that was cut short has no valid manifest. Stateless.
 */
public final class BundleWriter {

  /** The file that says what the bundle is for and what it can do. */
  public static final String CARD = "MODEL_CARD.md";

  /** The file that says which codes ordinary images are made of. */
  public static final String REFERENCE = "codes.json";

  private BundleWriter() {}

  /**
   * Writes a bundle into a folder, which is made if it is not there.
   *
   * @param manifest all but the digests in {@link BundleManifest#files()}
   * @param files every file but the manifest, by name
   * @return the manifest as it was written
   */
  public static BundleManifest write(
      Path folder, BundleManifest manifest, Map<String, byte[]> files) throws IOException {
    Files.createDirectories(folder);
    Files.deleteIfExists(folder.resolve(BundleManifest.FILE));
    Map<String, String> digests = new TreeMap<>();
    for (Map.Entry<String, byte[]> file : files.entrySet()) {
      Files.write(folder.resolve(file.getKey()), file.getValue());
      digests.put(file.getKey(), Sha256.of(file.getValue()));
    }
    BundleManifest complete =
        with(manifest, manifest.version(), manifest.reference(), manifest.metrics(), digests);
    Files.writeString(folder.resolve(BundleManifest.FILE), ManifestYaml.write(complete));
    return complete;
  }

  /**
   * Puts measurements and what describes a bundle into the folder where it lies; the models stay.
   *
   * @param files by name, such as {@link #CARD} and its pictures
   */
  public static BundleManifest describe(
      Path folder, Map<String, Object> metrics, Map<String, byte[]> files) throws IOException {
    Path file = folder.resolve(BundleManifest.FILE);
    BundleManifest manifest = ManifestYaml.read(Files.readString(file));
    Map<String, String> digests = new TreeMap<>(manifest.files());
    for (Map.Entry<String, byte[]> described : files.entrySet()) {
      Files.write(folder.resolve(described.getKey()), described.getValue());
      digests.put(described.getKey(), Sha256.of(described.getValue()));
    }
    BundleManifest described =
        with(manifest, manifest.version(), manifest.reference(), metrics, digests);
    Files.writeString(file, ManifestYaml.write(described));
    return described;
  }

  /**
   * Puts a reference into the folder where a bundle lies; the models stay.
   *
   * @param version of the bundle from now on, also in the heading of its card; as it was if absent
   */
  public static BundleManifest refer(Path folder, CodeReference reference, Optional<String> version)
      throws IOException {
    Path file = folder.resolve(BundleManifest.FILE);
    BundleManifest manifest = ManifestYaml.read(Files.readString(file));
    String changed = version.orElse(manifest.version());
    Map<String, byte[]> files = new TreeMap<>();
    files.put(REFERENCE, ReferenceJson.write(reference));
    Path card = folder.resolve(CARD);
    if (Files.isRegularFile(card)) {
      String heading = "# " + manifest.name() + " ";
      String text = Files.readString(card);
      if (text.startsWith(heading + manifest.version() + "\n")) {
        text = heading + changed + text.substring(heading.length() + manifest.version().length());
        files.put(CARD, text.getBytes(StandardCharsets.UTF_8));
      }
    }
    Map<String, String> digests = new TreeMap<>(manifest.files());
    for (Map.Entry<String, byte[]> referred : files.entrySet()) {
      Files.write(folder.resolve(referred.getKey()), referred.getValue());
      digests.put(referred.getKey(), Sha256.of(referred.getValue()));
    }
    BundleManifest referring =
        with(manifest, changed, Optional.of(REFERENCE), manifest.metrics(), digests);
    Files.writeString(file, ManifestYaml.write(referring));
    return referring;
  }

  /** A text file: one entry a line. */
  public static byte[] lines(List<String> entries) {
    return (String.join("\n", entries) + "\n").getBytes(StandardCharsets.UTF_8);
  }

  private static BundleManifest with(
      BundleManifest manifest,
      String version,
      Optional<String> reference,
      Map<String, Object> metrics,
      Map<String, String> files) {
    return new BundleManifest(
        manifest.format(),
        manifest.name(),
        version,
        manifest.licence(),
        manifest.preset(),
        manifest.image(),
        manifest.grid(),
        manifest.codebook(),
        manifest.text(),
        manifest.language(),
        reference,
        manifest.models(),
        manifest.answerThreshold(),
        manifest.engine(),
        metrics,
        files);
  }
}
