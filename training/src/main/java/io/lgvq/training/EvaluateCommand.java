package io.lgvq.training;

import io.lgvq.operators.bundle.Bundle;
import io.lgvq.training.corpus.Corpus;
import io.lgvq.training.evaluate.BlindFigures;
import io.lgvq.training.evaluate.Evaluation;
import io.lgvq.training.evaluate.OpenBundle;
import io.lgvq.training.evaluate.Report;
import io.lgvq.training.evaluate.ReportJson;
import io.lgvq.training.evaluate.ReportTable;
import io.lgvq.training.evaluate.Served;
import io.lgvq.training.evaluate.language.LanguageProbe;
import io.lgvq.training.loop.Bars;
import io.lgvq.training.perception.MobileNet;
import io.lgvq.training.text.TextEncoder;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import me.tongfei.progressbar.ProgressBar;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code evaluate}: a bundle, as it is served, on every test split of a corpus. */
@Command(
    name = "evaluate",
    description = "Measures a bundle on every test split, every figure beside its baselines.",
    mixinStandardHelpOptions = true)
public final class EvaluateCommand implements Callable<Integer> {

  @Parameters(
      paramLabel = "BUNDLE",
      converter = BundleLocation.class,
      description = "Folder, zip file, or the name of one below bundles/")
  private Path bundle;

  @Option(
      names = "--question-only",
      paramLabel = "BUNDLE",
      converter = BundleLocation.class,
      description =
          "What training left in question-only/: the baseline that never sees an image. Without it,"
              + " the figures that training found on the same images are shown")
  private Optional<Path> questionOnly = Optional.empty();

  @Option(
      names = "--limit",
      defaultValue = "1000",
      description = "Most images a split (default: ${DEFAULT-VALUE})")
  private int limit;

  @Option(
      names = "--made",
      defaultValue = "" + Evaluation.MADE,
      description =
          "Most of them that are painted and completed, if the bundle has the heads (default:"
              + " ${DEFAULT-VALUE})")
  private int made;

  @Option(
      names = "--no-frechet",
      description =
          "Leave out the Frechet distance, which needs npm's nsfwjs, fetched when first needed")
  private boolean withoutFrechet;

  @Option(
      names = "--seed",
      defaultValue = "1",
      description = "Of the scenes (default: ${DEFAULT-VALUE})")
  private long seed;

  @Mixin private CorpusChoice corpora = new CorpusChoice();

  @Mixin private TextEncoderChoice encoders = new TextEncoderChoice();

  @Option(names = "--json", description = "For programs")
  private boolean json;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    Bundle opened = Bundle.open(bundle);
    Corpus corpus = corpora.open(opened.manifest().image().width(), seed);
    Report measured =
        LanguageProbe.in(opened)
            ? read(corpus, opened)
            : compared(corpus, opened, Optional.empty());
    Report report = BlindFigures.of(opened.manifest()).in(measured);
    PrintWriter out = spec.commandLine().getOut();
    out.println(json ? ReportJson.of(report) : ReportTable.of(report));
    out.flush();
    return 0;
  }

  private Report read(Corpus corpus, Bundle opened) throws IOException {
    try (TextEncoder text = encoders.open(corpora.cache())) {
      return compared(corpus, opened, Optional.of(text));
    }
  }

  private Report compared(Corpus corpus, Bundle opened, Optional<TextEncoder> text)
      throws IOException {
    if (withoutFrechet) {
      return compared(corpus, opened, text, Optional.empty());
    }
    try (MobileNet eye = corpora.eye()) {
      return compared(corpus, opened, text, Optional.of(eye));
    }
  }

  private Report compared(
      Corpus corpus, Bundle opened, Optional<TextEncoder> text, Optional<MobileNet> eye) {
    try (OpenBundle open = OpenBundle.of(opened)) {
      if (questionOnly.isEmpty()) {
        return measured(corpus, open, Optional.empty(), text, eye);
      }
      try (OpenBundle blind = OpenBundle.of(Bundle.open(questionOnly.get()))) {
        return measured(corpus, open, Optional.of(blind.served()), text, eye);
      }
    }
  }

  private Report measured(
      Corpus corpus,
      OpenBundle open,
      Optional<Served> blind,
      Optional<TextEncoder> text,
      Optional<MobileNet> eye) {
    Evaluation evaluation = new Evaluation(corpus, open.served(), blind, text, eye, limit, made);
    try (ProgressBar bar = Bars.of("evaluate", 0, evaluation.images())) {
      return evaluation.run(bar::stepBy);
    }
  }
}
