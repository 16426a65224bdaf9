package io.lgvq.training;

import io.lgvq.operators.answer.Answerer;
import io.lgvq.operators.bundle.Bundle;
import io.lgvq.training.corpus.Corpus;
import io.lgvq.training.evaluate.Evaluation;
import io.lgvq.training.evaluate.OpenBundle;
import io.lgvq.training.evaluate.Report;
import io.lgvq.training.evaluate.ReportJson;
import io.lgvq.training.evaluate.ReportTable;
import io.lgvq.training.loop.Bars;
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

  @Parameters(paramLabel = "BUNDLE", description = "Folder or zip file")
  private Path bundle;

  @Option(
      names = "--question-only",
      paramLabel = "BUNDLE",
      description = "What training left in question-only/: the baseline that never sees an image")
  private Optional<Path> questionOnly = Optional.empty();

  @Option(
      names = "--limit",
      defaultValue = "1000",
      description = "Most images a split (default: ${DEFAULT-VALUE})")
  private int limit;

  @Option(
      names = "--seed",
      defaultValue = "1",
      description = "Of the scenes (default: ${DEFAULT-VALUE})")
  private long seed;

  @Mixin private CorpusChoice corpora = new CorpusChoice();

  @Option(names = "--json", description = "For programs")
  private boolean json;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    Bundle opened = Bundle.open(bundle);
    Corpus corpus = corpora.open(opened.manifest().image().width(), seed);
    Report report;
    try (OpenBundle open = OpenBundle.of(opened)) {
      report =
          questionOnly.isEmpty()
              ? measured(corpus, open, Optional.empty())
              : besideBaseline(corpus, open, questionOnly.get());
    }
    PrintWriter out = spec.commandLine().getOut();
    out.println(json ? ReportJson.of(report) : ReportTable.of(report));
    out.flush();
    return 0;
  }

  private Report besideBaseline(Corpus corpus, OpenBundle open, Path baseline) {
    try (OpenBundle blind = OpenBundle.of(Bundle.open(baseline))) {
      return measured(corpus, open, blind.served().answerer());
    }
  }

  private Report measured(Corpus corpus, OpenBundle open, Optional<Answerer> guesser) {
    Evaluation evaluation = new Evaluation(corpus, open.served(), guesser, limit);
    try (ProgressBar bar = Bars.of("evaluate", 0, evaluation.images())) {
      return evaluation.run(bar::stepBy);
    }
  }
}
