package io.lgvq.training;

import io.lgvq.operators.bundle.Bundle;
import io.lgvq.operators.bundle.BundleManifest;
import io.lgvq.operators.bundle.BundleManifest.GridShape;
import io.lgvq.operators.engine.EngineSettings;
import io.lgvq.operators.engine.OnnxEngine;
import io.lgvq.operators.reconstruct.OnnxReconstructor;
import io.lgvq.operators.reconstruct.Reconstructor;
import io.lgvq.training.codebook.CodebookPicture;
import io.lgvq.training.loop.Bars;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import me.tongfei.progressbar.ProgressBar;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code bundle codebook}: what each code of a bundle looks like. */
@Command(
    name = "codebook",
    description =
        "Draws every code of a bundle: what its decoder makes of a grid of this code alone.",
    mixinStandardHelpOptions = true)
public final class CodebookCommand implements Callable<Integer> {

  @Parameters(
      paramLabel = "BUNDLE",
      converter = BundleLocation.class,
      description = "Folder, zip file, or the name of one below bundles/")
  private Path location;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "FILE",
      description = "Where the picture goes, a PNG file; one that is there is replaced")
  private Path file;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    Bundle bundle = Bundle.open(location);
    requireWritable();
    BundleManifest manifest = bundle.manifest();
    OnnxEngine engine = OnnxEngine.open(EngineSettings.cpu(), manifest.engine().batch());
    try (Reconstructor decoder = new OnnxReconstructor(bundle, engine)) {
      Files.write(file, drawn(decoder, manifest.grid()).png());
    }
    spec.commandLine()
        .getOut()
        .printf(
            Locale.ROOT,
            "%s shows the %d codes of %s %s, by colour.%n",
            file,
            manifest.codebook().size(),
            manifest.name(),
            manifest.version());
    spec.commandLine().getOut().flush();
    return ExitCode.OK;
  }

  /** Before the work, which of a large bundle takes long. */
  private void requireWritable() throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    if (folder == null || !Files.isDirectory(folder)) {
      throw new IOException("there is no folder for " + file);
    }
    if (Files.isDirectory(file)) {
      throw new IOException(file + " is a folder; --out wants the name of a PNG file");
    }
  }

  private static CodebookPicture drawn(Reconstructor decoder, GridShape grid) {
    try (ProgressBar bar = Bars.of("codebook", 0, decoder.codebook().size())) {
      return CodebookPicture.of(decoder, grid, bar::stepBy);
    }
  }
}
