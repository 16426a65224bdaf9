package io.lgvq.operators.bundle;

import io.lgvq.operators.codebook.Codebook;
import io.lgvq.operators.drift.CodeReference;
import io.lgvq.operators.text.Vocabulary;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A released set of models that belong together, whose files were held against their digests when
 * it was opened.
 *
 * <p>Threading and ownership: immutable, holds no file open, needs no close. A file that is changed
 * on disk after opening is noticed when it is read.
 */
public final class Bundle {

  private final Path location;
  private final BundleFiles files;
  private final BundleManifest manifest;
  private final Map<String, Integer> sizes;

  private Bundle(
      Path location, BundleFiles files, BundleManifest manifest, Map<String, Integer> sizes) {
    this.location = location;
    this.files = files;
    this.manifest = manifest;
    this.sizes = sizes;
  }

  /**
   * Opens a bundle and checks all of it.
   *
   * @param location a folder, or a zip file of one
   * @throws BundleException if it is not there, breaks the contract or fails a digest; the message
   *     is one sentence about the first problem, prefixed with the location
   */
  public static Bundle open(Path location) {
    BundleFiles files = BundleFiles.at(location);
    BundleManifest manifest = manifest(location, files);
    BundleCheck.Findings findings = BundleCheck.of(files, manifest);
    if (!findings.problems().isEmpty()) {
      throw new BundleException("Bundle %s: %s".formatted(location, findings.problems().get(0)));
    }
    return new Bundle(location, files, manifest, findings.sizes());
  }

  /**
   * All that is wrong with a bundle, a sentence each; an empty list if {@link #open} would open it.
   *
   * @param location a folder, or a zip file of one
   */
  public static List<String> verify(Path location) {
    try {
      BundleFiles files = BundleFiles.at(location);
      return BundleCheck.of(files, manifest(location, files)).problems();
    } catch (BundleException e) {
      return List.of(e.getMessage());
    }
  }

  /**
   * What tells a bundle from every other one, without reading all of it: the SHA-256 of its
   * manifest, which holds the digests of its files.
   *
   * @param location a folder, or a zip file of one
   * @throws BundleException if there is no bundle
   */
  public static String fingerprint(Path location) {
    BundleFiles files = BundleFiles.at(location);
    if (!files.has(BundleManifest.FILE)) {
      throw new BundleException(
          "There is no bundle at %s: it holds no %s.".formatted(location, BundleManifest.FILE));
    }
    try {
      return Sha256.of(files.read(BundleManifest.FILE));
    } catch (IOException e) {
      throw new BundleException(
          "Bundle %s: %s cannot be read.".formatted(location, BundleManifest.FILE), e);
    }
  }

  /** What the bundle says of itself. */
  public BundleManifest manifest() {
    return manifest;
  }

  /** The codebook, as tokens name it. */
  public Codebook codebook() {
    return manifest.identity();
  }

  /**
   * The codebook's vectors, one row a code: for tools that draw or compare codes.
   *
   * @return K x d values
   */
  public float[][] codebookVectors() {
    BundleManifest.Vectors vectors = manifest.codebook();
    FloatBuffer values =
        ByteBuffer.wrap(read(vectors.file())).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
    float[][] rows = new float[vectors.size()][vectors.dimension()];
    for (float[] row : rows) {
      values.get(row);
    }
    return rows;
  }

  /** The folder or zip file that was opened. */
  public Path location() {
    return location;
  }

  /** Bytes of every checked file, by name: what {@code bundle inspect} lists. */
  public Map<String, Integer> sizes() {
    return Map.copyOf(sizes);
  }

  /** Whether the bundle has this graph. */
  public boolean has(Graph graph) {
    return manifest.models().containsKey(graph);
  }

  /**
   * A graph's ONNX bytes.
   *
   * @throws BundleException if the bundle has no such graph, or its file was changed since opening
   */
  public byte[] graph(Graph graph) {
    if (!has(graph)) {
      throw new BundleException(
          "Bundle %s has no %s graph, so what needs it cannot start."
              .formatted(location, graph.key()));
    }
    return read(manifest.models().get(graph));
  }

  /**
   * The words of captions and questions.
   *
   * @throws BundleException if the bundle has no text section
   */
  public Vocabulary vocabulary() {
    return new Vocabulary(lines(read(text().vocabulary())));
  }

  /**
   * The answers that the answer head chooses from, in the order of its outputs.
   *
   * @throws BundleException if the bundle has none
   */
  public List<String> answers() {
    return lines(
        read(
            text()
                .answers()
                .orElseThrow(
                    () -> new BundleException("Bundle " + location + " has no answers file."))));
  }

  /**
   * The text section of the manifest.
   *
   * @throws BundleException if there is none
   */
  public BundleManifest.Text text() {
    return manifest
        .text()
        .orElseThrow(() -> new BundleException("Bundle " + location + " has no text section."));
  }

  /**
   * The language section of the manifest.
   *
   * @throws BundleException if there is none
   */
  public BundleManifest.Language language() {
    return manifest
        .language()
        .orElseThrow(() -> new BundleException("Bundle " + location + " has no language section."));
  }

  /**
   * The word pieces of the masked-word graph, from number 2 on.
   *
   * @throws BundleException if the bundle has no language section
   */
  public List<String> wordPieces() {
    return lines(read(language().words()));
  }

  /** Which codes ordinary images are made of; empty if nobody measured it. */
  public Optional<CodeReference> reference() {
    return manifest.reference().map(file -> ReferenceJson.read(read(file)));
  }

  private byte[] read(String name) {
    try {
      byte[] bytes = files.read(name);
      if (!Sha256.of(bytes).equals(manifest.files().get(name))) {
        throw new BundleException(
            "Bundle %s: file %s was changed after the bundle was opened."
                .formatted(location, name));
      }
      return bytes;
    } catch (IOException e) {
      throw new BundleException("Bundle %s: file %s cannot be read.".formatted(location, name), e);
    }
  }

  private static BundleManifest manifest(Path location, BundleFiles files) {
    if (!files.has(BundleManifest.FILE)) {
      throw new BundleException(
          "There is no bundle at %s: it holds no %s.".formatted(location, BundleManifest.FILE));
    }
    try {
      return ManifestYaml.read(new String(files.read(BundleManifest.FILE), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new BundleException(
          "Bundle %s: %s cannot be read.".formatted(location, BundleManifest.FILE), e);
    } catch (BundleException e) {
      throw new BundleException("Bundle %s: %s".formatted(location, e.getMessage()), e);
    }
  }

  static List<String> lines(byte[] utf8) {
    return new String(utf8, StandardCharsets.UTF_8).lines().toList();
  }
}
