package io.lgvq.training;

import io.lgvq.training.corpus.packages.PackageCache;
import io.lgvq.training.corpus.scene.ComposedScenes;
import io.lgvq.training.samples.SampleFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code samples}: the pictures of the demo. */
@Command(
    name = "samples",
    description = "Writes pictures that training never saw, with questions and true answers.",
    mixinStandardHelpOptions = true)
public final class SamplesCommand implements Callable<Integer> {

  @Parameters(paramLabel = "FOLDER", description = "Made if it is not there")
  private Path folder;

  @Option(
      names = "--scenes",
      defaultValue = "64",
      description = "Composed scenes (default: ${DEFAULT-VALUE})")
  private int scenes;

  @Option(
      names = "--photos",
      defaultValue = "6",
      description = "Photographs (default: ${DEFAULT-VALUE})")
  private int photographs;

  @Option(
      names = "--side",
      defaultValue = "256",
      description = "Pixels a side of a scene (default: ${DEFAULT-VALUE})")
  private int side;

  @Option(
      names = "--seed",
      defaultValue = "1",
      description = "Of the scenes (default: ${DEFAULT-VALUE})")
  private long seed;

  @Option(names = "--cache", description = "Fetched packages (default: ~/.cache/lgvq)")
  private Path cache = Path.of(System.getProperty("user.home"), ".cache", "lgvq");

  @Override
  public Integer call() throws IOException {
    PackageCache packages = new PackageCache(cache.resolve("packages"));
    SampleFolder.write(folder, new ComposedScenes(packages, side, seed), scenes, photographs);
    return 0;
  }
}
