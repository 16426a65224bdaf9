package io.lgvq.training;

import io.lgvq.operators.bundle.Bundle;
import io.lgvq.operators.bundle.BundleManifest;
import io.lgvq.operators.drift.CodeReference;
import io.lgvq.operators.drift.ReferenceMeasure;
import io.lgvq.operators.engine.EngineSettings;
import io.lgvq.operators.engine.OnnxEngine;
import io.lgvq.operators.tokenize.OnnxTokenizer;
import io.lgvq.operators.tokenize.Tokenizer;
import io.lgvq.training.corpus.Corpus;
import io.lgvq.training.export.BundleWriter;
import io.lgvq.training.loop.Bars;
import io.lgvq.training.reference.DriftTable;
import io.lgvq.training.reference.OrdinaryImages;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.UnaryOperator;
import me.tongfei.progressbar.ProgressBar;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code bundle reference}: which codes ordinary images are made of, put into a bundle. */
@Command(
    name = "reference",
    description =
        "Measures which codes ordinary images are made of, which the stage drift holds feeds"
            + " beside; puts it into the bundle, and shows what windows of ordinary and changed"
            + " images give.",
    mixinStandardHelpOptions = true)
public final class ReferenceCommand implements Callable<Integer> {

  @Parameters(
      paramLabel = "BUNDLE",
      converter = BundleLocation.class,
      description = "Folder, or the name of one below bundles/; it is changed")
  private Path location;

  @Option(
      names = "--bundle-version",
      paramLabel = "V",
      description = "Of the changed bundle (default: as it is)")
  private Optional<String> version = Optional.empty();

  @Option(
      names = "--split",
      defaultValue = OrdinaryImages.SPLIT,
      description = "Of the corpus, where ordinary images are (default: ${DEFAULT-VALUE})")
  private String split;

  @Option(
      names = "--images",
      defaultValue = "4096",
      description = "Most of them (default: ${DEFAULT-VALUE})")
  private int images;

  @Option(
      names = "--show",
      defaultValue = "1024",
      description = "Most images of each kind that the table shows; 0: no table (${DEFAULT-VALUE})")
  private int shown;

  @Option(
      names = "--rare-below",
      defaultValue = "0.5",
      description =
          "A code is rare in the table if it occurs less often than this, in units of 1/K"
              + " (${DEFAULT-VALUE})")
  private double rareBelow;

  @Option(
      names = "--window",
      defaultValue = "" + ReferenceMeasure.WINDOW,
      description = "Images a window in the table (${DEFAULT-VALUE})")
  private int window;

  @Option(
      names = "--seed",
      defaultValue = "1",
      description = "Of the scenes (default: ${DEFAULT-VALUE})")
  private long seed;

  @Mixin private CorpusChoice corpora = new CorpusChoice();

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    if (!Files.isDirectory(location)) {
      throw new IOException(location + " is no folder; a zipped bundle cannot be changed");
    }
    Bundle bundle = Bundle.open(location);
    BundleManifest manifest = bundle.manifest();
    Corpus corpus = corpora.open(manifest.image().width(), seed);
    if (!corpus.splits().contains(split)) {
      throw new ParameterException(
          spec.commandLine(),
          "--split: there is no '%s'; the corpus has %s"
              .formatted(split, String.join(", ", corpus.splits())));
    }
    OrdinaryImages ordinary = new OrdinaryImages(corpus, split, images);
    OnnxEngine engine = OnnxEngine.open(EngineSettings.cpu(), manifest.engine().batch());
    try (Tokenizer tokenizer = new OnnxTokenizer(bundle, engine)) {
      CodeReference reference = measured(ordinary, tokenizer);
      BundleManifest changed = BundleWriter.refer(location, reference, version);
      PrintWriter out = spec.commandLine().getOut();
      out.printf(
          "%s %s has a reference of %s.%n",
          changed.name(), changed.version(), ordinary.described());
      if (shown > 0) {
        out.print(table(reference, tokenizer, corpus, ordinary));
      }
      out.flush();
    }
    return ExitCode.OK;
  }

  private CodeReference measured(OrdinaryImages ordinary, Tokenizer tokenizer) {
    try (ProgressBar bar = Bars.of("reference", 0, ordinary.count())) {
      return ordinary
          .measured(tokenizer, UnaryOperator.identity(), bar::stepBy)
          .result(
              tokenizer.codebook().digest(),
              "%s, by ./lgvq bundle reference".formatted(ordinary.described()));
    }
  }

  private DriftTable table(
      CodeReference reference, Tokenizer tokenizer, Corpus corpus, OrdinaryImages ordinary) {
    try (ProgressBar bar = Bars.of("table", 0, -1)) {
      return new DriftTable(reference, tokenizer, window, rareBelow / tokenizer.codebook().size())
          .add(corpus, ordinary, shown, bar::stepBy);
    }
  }
}
