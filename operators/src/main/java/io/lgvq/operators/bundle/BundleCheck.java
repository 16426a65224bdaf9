package io.lgvq.operators.bundle;

import io.lgvq.operators.drift.CodeReference;
import io.lgvq.operators.text.Vocabulary;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Holds a bundle's files against its manifest and notes every difference as one sentence. One check
 * serves one bundle and one thread.
 */
final class BundleCheck {

  private final BundleFiles files;
  private final BundleManifest manifest;
  private final List<String> problems = new ArrayList<>();
  private final Map<String, Integer> sizes = new LinkedHashMap<>();

  private BundleCheck(BundleFiles files, BundleManifest manifest) {
    this.files = files;
    this.manifest = manifest;
  }

  /**
   * What a check found.
   *
   * @param problems a sentence each; empty if all is well
   * @param sizes bytes of every file that could be read
   */
  record Findings(List<String> problems, Map<String, Integer> sizes) {}

  static Findings of(BundleFiles files, BundleManifest manifest) {
    BundleCheck check = new BundleCheck(files, manifest);
    Set<String> names = new LinkedHashSet<>(manifest.files().keySet());
    names.addAll(check.referenced());
    names.forEach(check::file);
    return new Findings(List.copyOf(check.problems), check.sizes);
  }

  private Set<String> referenced() {
    Set<String> names = new LinkedHashSet<>();
    names.add(manifest.codebook().file());
    names.addAll(manifest.models().values());
    manifest
        .text()
        .ifPresent(
            text -> {
              names.add(text.vocabulary());
              text.answers().ifPresent(names::add);
            });
    manifest.language().ifPresent(language -> names.add(language.words()));
    manifest.reference().ifPresent(names::add);
    return names;
  }

  private void file(String name) {
    if (!files.has(name)) {
      problems.add("File %s is missing.".formatted(name));
      return;
    }
    byte[] bytes;
    try {
      bytes = files.read(name);
    } catch (IOException e) {
      problems.add("File %s cannot be read: %s.".formatted(name, e.getMessage()));
      return;
    }
    sizes.put(name, bytes.length);
    digest(name, bytes);
    if (name.equals(manifest.codebook().file())) {
      codebook(bytes);
    }
    manifest.text().ifPresent(text -> words(text, name, bytes));
    if (manifest.language().filter(language -> language.words().equals(name)).isPresent()) {
      unrepeated("Words", name, Bundle.lines(bytes));
    }
    if (manifest.reference().filter(name::equals).isPresent()) {
      reference(name, bytes);
    }
  }

  private void digest(String name, byte[] bytes) {
    String promised = manifest.files().get(name);
    if (promised == null) {
      problems.add("File %s has no digest under files.".formatted(name));
    } else if (!promised.equals(Sha256.of(bytes))) {
      problems.add(
          "File %s was changed after release: its SHA-256 is %s, and %s promises %s."
              .formatted(name, Sha256.of(bytes), BundleManifest.FILE, promised));
    }
  }

  private void codebook(byte[] bytes) {
    BundleManifest.Vectors vectors = manifest.codebook();
    long wanted = 4L * vectors.size() * vectors.dimension();
    if (bytes.length != wanted) {
      problems.add(
          "Codebook %s has the wrong size: %d vectors of %d values are %d bytes, and it has %d."
              .formatted(
                  vectors.file(), vectors.size(), vectors.dimension(), wanted, bytes.length));
      return;
    }
    if (!vectors.digest().equals(Sha256.of(bytes))) {
      problems.add(
          "The digest of codebook %s is %s, and codebook.digest says %s."
              .formatted(vectors.file(), Sha256.of(bytes), vectors.digest()));
    }
    FloatBuffer values = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
    for (int i = 0; i < values.limit(); i++) {
      if (!Float.isFinite(values.get(i))) {
        problems.add(
            "Codebook %s holds a value that is no number, in code %d."
                .formatted(vectors.file(), i / vectors.dimension()));
        return;
      }
    }
  }

  private void words(BundleManifest.Text text, String name, byte[] bytes) {
    List<String> lines = Bundle.lines(bytes);
    if (name.equals(text.vocabulary())) {
      try {
        new Vocabulary(lines);
      } catch (IllegalArgumentException e) {
        problems.add("Vocabulary %s is wrong: %s.".formatted(name, e.getMessage()));
      }
    }
    if (text.answers().filter(name::equals).isPresent()) {
      unrepeated("Answers", name, lines);
    }
  }

  private void reference(String name, byte[] bytes) {
    CodeReference reference;
    try {
      reference = ReferenceJson.read(bytes);
    } catch (BundleException e) {
      problems.add("Reference %s is wrong: %s.".formatted(name, e.getMessage()));
      return;
    }
    BundleManifest.Vectors vectors = manifest.codebook();
    if (!reference.codebook().equals(vectors.digest())
        || reference.counts().length != vectors.size()) {
      problems.add(
          "Reference %s counts %d codes of codebook %s, and the bundle's has %d and is %s."
              .formatted(
                  name,
                  reference.counts().length,
                  reference.codebook(),
                  vectors.size(),
                  vectors.digest()));
    }
  }

  private void unrepeated(String what, String name, List<String> lines) {
    if (lines.isEmpty() || new HashSet<>(lines).size() != lines.size()) {
      problems.add("%s %s must be one line or more, no line twice.".formatted(what, name));
    }
  }
}
