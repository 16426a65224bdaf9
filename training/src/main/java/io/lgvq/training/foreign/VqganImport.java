package io.lgvq.training.foreign;

import io.lgvq.operators.bundle.Bundle;
import io.lgvq.operators.bundle.BundleException;
import io.lgvq.operators.bundle.BundleManifest;
import io.lgvq.operators.bundle.Sha256;
import io.lgvq.operators.engine.EngineSettings;
import io.lgvq.operators.serve.BundleOperators;
import io.lgvq.training.evaluate.ModelCard;
import io.lgvq.training.export.TokenizerFiles;
import io.lgvq.training.foreign.ImportCard.Origin;
import io.lgvq.training.foreign.VqganLayers.Shortcut;
import io.lgvq.training.network.CostOps;
import io.lgvq.training.network.Parameter;
import io.lgvq.training.release.Release;
import io.lgvq.training.release.Release.Identity;
import io.lgvq.training.weights.SafeTensorsFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * VQGAN weights become a bundle of a tokenizer alone. Everything is checked before anything is
 * written, and what was written is run once.
 *
 * <p>Memory: the two graphs, and one of them again while it is built; the weights stay in their
 * file. Stateless.
 *
 * @param weights safetensors
 * @param configuration YAML or JSON
 * @param source where the weights come from, in words; absent where that is not told
 * @param imageSize side of the pictures, where it is not the training's
 */
public record VqganImport(
    Path weights,
    Path configuration,
    Identity identity,
    Optional<String> source,
    OptionalInt imageSize) {

  /** Name of the preset in the manifest. */
  public static final String PRESET = "vqgan";

  /**
   * What an import brought.
   *
   * @param manifest as it was written
   * @param parameters of encoder, decoder and codebook
   * @param leftovers names of arrays that were passed over, for training alone needed them
   */
  public record Imported(BundleManifest manifest, long parameters, List<String> leftovers) {}

  /**
   * Writes the bundle.
   *
   * @param folder that is not there, or empty
   * @throws IOException if files cannot be read or written, or do not describe a tokenizer; the
   *     message is one sentence
   */
  public Imported into(Path folder) throws IOException {
    requireEmpty(folder);
    VqganShape shape = VqganConfiguration.read(configuration);
    try (SafeTensorsFile stored = SafeTensorsFile.open(weights)) {
      return written(network(shape, stored), stored, folder);
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private Vqgan network(VqganShape shape, SafeTensorsFile stored) throws IOException {
    boolean wide =
        stored.shapes().keySet().stream()
            .anyMatch(name -> name.endsWith("." + Shortcut.WIDE.title() + ".weight"));
    try {
      return new Vqgan(
          shape, imageSize.orElse(shape.resolution()), wide ? Shortcut.WIDE : Shortcut.NARROW);
    } catch (IllegalArgumentException e) {
      throw new IOException("%s: %s".formatted(configuration, e.getMessage()), e);
    }
  }

  private Imported written(Vqgan network, SafeTensorsFile stored, Path folder) throws IOException {
    long side = network.imageSize();
    CostOps encoder = new CostOps();
    List<Long> features = network.encode(encoder, List.of(1L, 3L, side, side));
    CostOps decoder = new CostOps();
    network.decode(decoder, features);
    Map<String, Parameter> wanted = new LinkedHashMap<>(encoder.parameters());
    wanted.putAll(decoder.parameters());
    wanted.put(network.codebook().name(), network.codebook());
    VqganWeights fitting = VqganWeights.of(weights, stored, wanted);

    TokenizerFiles files = TokenizerFiles.of(network, fitting::values);
    Origin origin =
        new Origin(
            source.orElse("not told"),
            "%s, SHA-256 %s".formatted(weights.getFileName(), Sha256.of(weights)),
            "%s, SHA-256 %s".formatted(configuration.getFileName(), Sha256.of(configuration)));
    BundleManifest manifest =
        new Release(identity, files, Optional.empty())
            .write(
                folder,
                Map.of(ModelCard.TOKENIZER, origin.sentence()),
                ImportCard.of(identity, files, origin, encoder, decoder, fitting.leftovers()));
    run(folder);
    long codebook = (long) files.codes() * files.dimension();
    return new Imported(
        manifest,
        encoder.parameterCount() + decoder.parameterCount() + codebook,
        fitting.leftovers());
  }

  private static void requireEmpty(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    if (!Files.isDirectory(folder)) {
      throw new IOException(folder + " is no folder");
    }
    try (Stream<Path> files = Files.list(folder)) {
      if (files.findAny().isPresent()) {
        throw new IOException(folder + " is not empty: choose a folder that is not there yet");
      }
    }
  }

  private static void run(Path folder) throws IOException {
    try {
      BundleOperators.of(Bundle.open(folder), EngineSettings.cpu()).verify();
    } catch (BundleException e) {
      throw new IOException("The bundle was written and does not run: " + e.getMessage(), e);
    }
  }
}
