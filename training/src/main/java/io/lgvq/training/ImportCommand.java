package io.lgvq.training;

import io.lgvq.operators.bundle.BundleManifest;
import io.lgvq.training.foreign.VqganImport;
import io.lgvq.training.foreign.VqganImport.Imported;
import io.lgvq.training.release.Release.Identity;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * {@code bundle import}: VQGAN weights become a bundle. Exit codes: 0 good, 1 failed (one sentence
 * on standard error says why), 2 wrong usage.
 */
@Command(
    name = "import",
    description =
        "Makes a bundle of VQGAN weights (safetensors, names as in taming-transformers) and their"
            + " configuration. docs/importing.md says which are taken.")
public final class ImportCommand implements Callable<Integer> {

  private static final int NAMED = 5;

  @Parameters(paramLabel = "WEIGHTS", description = "A safetensors file of F32, F16 or BF16 values")
  private Path weights;

  @Option(
      names = "--config",
      required = true,
      paramLabel = "FILE",
      description = "The configuration of the VQGAN, YAML or JSON")
  private Path configuration;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "FOLDER",
      description = "Where the bundle goes; not there yet, or empty")
  private Path folder;

  @Option(
      names = "--name",
      required = true,
      paramLabel = "NAME",
      description = "Of the bundle; travels in every token record")
  private String name;

  @Option(
      names = {"--version", "--bundle-version"},
      paramLabel = "V",
      defaultValue = "1.0.0",
      description = "Of the bundle; travels in every token record (default: ${DEFAULT-VALUE})")
  private String version;

  @Option(
      names = "--licence",
      required = true,
      paramLabel = "SPDX",
      description = "Of the weights, for instance MIT")
  private String licence;

  @Option(
      names = "--source",
      paramLabel = "TEXT",
      description = "Where the weights come from; stands in the card")
  private Optional<String> source = Optional.empty();

  @Option(
      names = "--image-size",
      paramLabel = "N",
      description = "Side of the pictures in pixels (default: the configuration's resolution)")
  private Optional<Integer> imageSize = Optional.empty();

  @Spec private CommandSpec spec;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help and end.")
  private boolean help; // in place of the standard options, whose --version is another

  @Override
  public Integer call() {
    for (String given : List.of(name, version, licence)) {
      if (given.isBlank()) {
        throw new ParameterException(
            spec.commandLine(), "--name, --version and --licence must not be blank");
      }
    }
    PrintWriter out = spec.commandLine().getOut();
    try {
      report(imported(), out);
      return ExitCode.OK;
    } catch (FileSystemException e) {
      return failed("%s cannot be used (%s)".formatted(e.getFile(), why(e)));
    } catch (IOException e) {
      return failed(e.getMessage());
    }
  }

  private Imported imported() throws IOException {
    for (Path file : List.of(weights, configuration)) {
      if (!Files.isRegularFile(file)) {
        throw new IOException("there is no file " + file);
      }
    }
    Identity identity = new Identity(name, version, licence, VqganImport.PRESET);
    OptionalInt side = imageSize.map(OptionalInt::of).orElse(OptionalInt.empty());
    return new VqganImport(weights, configuration, identity, source, side).into(folder);
  }

  private void report(Imported imported, PrintWriter out) {
    BundleManifest manifest = imported.manifest();
    out.printf(
        Locale.ROOT,
        "%s %s: %d x %d pixels become %d x %d codes of %d; %.1f M parameters.%n",
        manifest.name(),
        manifest.version(),
        manifest.image().width(),
        manifest.image().height(),
        manifest.grid().height(),
        manifest.grid().width(),
        manifest.codebook().size(),
        imported.parameters() / 1e6);
    List<String> leftovers = imported.leftovers();
    if (!leftovers.isEmpty()) {
      out.printf(
          "Passed over, since training alone needs them: %s%s.%n",
          String.join(", ", leftovers.subList(0, Math.min(NAMED, leftovers.size()))),
          leftovers.size() > NAMED ? " and %d others".formatted(leftovers.size() - NAMED) : "");
    }
    out.printf("%s is a bundle, and both graphs ran once. Nothing was measured.%n", folder);
    out.flush();
  }

  private int failed(String sentence) {
    PrintWriter err = spec.commandLine().getErr();
    err.println("lgvq: " + sentence);
    err.flush();
    return ExitCode.SOFTWARE;
  }

  private static String why(FileSystemException e) {
    return Optional.ofNullable(e.getReason()).orElseGet(() -> e.getClass().getSimpleName());
  }
}
