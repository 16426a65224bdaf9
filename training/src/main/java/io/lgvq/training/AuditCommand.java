package io.lgvq.training;

import io.lgvq.operators.bundle.Bundle;
import io.lgvq.operators.text.Vocabulary;
import io.lgvq.training.audit.Audit;
import io.lgvq.training.audit.AuditReport;
import io.lgvq.training.audit.AuditText;
import io.lgvq.training.audit.CardSection;
import io.lgvq.training.audit.Failure;
import io.lgvq.training.audit.FailureSheet;
import io.lgvq.training.corpus.Corpus;
import io.lgvq.training.evaluate.OpenBundle;
import io.lgvq.training.evaluate.ReportJson;
import io.lgvq.training.export.BundleWriter;
import io.lgvq.training.loop.Bars;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import me.tongfei.progressbar.ProgressBar;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code audit}: where a bundle, as it is served, does worse than elsewhere. */
@Command(
    name = "audit",
    description =
        "Measures for which objects, colours, places and hands a bundle does worse (docs/audit.md).",
    mixinStandardHelpOptions = true)
public final class AuditCommand implements Callable<Integer> {

  private static final String PICTURES = "failures.png";

  @Parameters(
      paramLabel = "BUNDLE",
      converter = BundleLocation.class,
      description = "Folder, zip file, or the name of one below bundles/")
  private Path location;

  @Option(names = "--json", paramLabel = "FILE", description = "All comparisons, for programs")
  private Optional<Path> json = Optional.empty();

  @Option(
      names = "--limit",
      defaultValue = "1000",
      description = "Most images a split (default: ${DEFAULT-VALUE})")
  private int limit;

  @Option(
      names = "--rows",
      defaultValue = "10",
      description =
          "Most lines of a measure that are printed; 0 for all (default: ${DEFAULT-VALUE})")
  private int rows;

  @Option(
      names = "--pictures",
      paramLabel = "FOLDER",
      description = "Where " + PICTURES + " is put: failures to look at")
  private Optional<Path> pictures = Optional.empty();

  @Option(
      names = "--examples",
      defaultValue = "12",
      description = "Most failures to look at, 1 or more (default: ${DEFAULT-VALUE})")
  private int examples;

  @Option(
      names = "--seed",
      defaultValue = "1",
      description =
          "Of the scenes, and of which failures are looked at (default: ${DEFAULT-VALUE})")
  private long seed;

  @Option(names = "--markdown", description = "Print the section of a model card instead")
  private boolean markdown;

  @Option(
      names = "--card",
      description = "Put that section and " + PICTURES + " into the bundle, which must be a folder")
  private boolean card;

  @Mixin private CorpusChoice corpora = new CorpusChoice();

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    Bundle bundle = Bundle.open(location);
    if (card && !Files.isRegularFile(location.resolve(BundleWriter.CARD))) {
      throw new IllegalArgumentException(
          "--card needs a bundle that is a folder with a %s, and %s is none"
              .formatted(BundleWriter.CARD, location));
    }
    Corpus corpus = corpora.open(bundle.manifest().image().width(), seed);
    try (OpenBundle open = OpenBundle.of(bundle)) {
      Audit audit = new Audit(corpus, open.served(), words(bundle), limit);
      AuditReport report = run(audit);
      if (json.isPresent()) {
        Files.writeString(json.get(), ReportJson.of(report) + "\n");
      }
      List<Failure> failures =
          card || pictures.isPresent() ? audit.failures(report, examples, seed) : List.of();
      Optional<byte[]> sheet =
          failures.isEmpty() ? Optional.empty() : Optional.of(FailureSheet.png(failures));
      if (sheet.isPresent() && pictures.isPresent()) {
        Files.write(Files.createDirectories(pictures.get()).resolve(PICTURES), sheet.get());
      }
      String section =
          AuditText.card(report, command(), sheet.isPresent() ? PICTURES : "", credits(corpus));
      if (card) {
        describe(bundle, section, sheet);
      }
      PrintWriter out = spec.commandLine().getOut();
      out.print(markdown ? CardSection.of(section) : AuditText.of(report, rows));
      out.flush();
    }
    return 0;
  }

  private static AuditReport run(Audit audit) {
    try (ProgressBar bar = Bars.of("audit", 0, audit.images())) {
      return audit.run(bar::stepBy);
    }
  }

  /** A bundle without words says nothing, so there is nothing that it has no word for. */
  private static Predicate<String> words(Bundle bundle) {
    if (bundle.manifest().text().isEmpty()) {
      return object -> true;
    }
    Vocabulary vocabulary = bundle.vocabulary();
    return object ->
        Vocabulary.split(object).stream()
            .allMatch(word -> vocabulary.id(word) != Vocabulary.UNKNOWN);
  }

  private void describe(Bundle bundle, String section, Optional<byte[]> sheet) throws IOException {
    String old = Files.readString(location.resolve(BundleWriter.CARD));
    Map<String, byte[]> files = new LinkedHashMap<>();
    files.put(
        BundleWriter.CARD,
        CardSection.in(old, CardSection.of(section)).getBytes(StandardCharsets.UTF_8));
    sheet.ifPresent(png -> files.put(PICTURES, png));
    BundleWriter.describe(location, bundle.manifest().metrics(), files);
  }

  /** The pictures show the art of others, who are named in the card of what was trained on them. */
  private String credits(Corpus corpus) throws IOException {
    Path file = location.resolve(BundleWriter.CARD);
    String credits = corpus.attribution().strip();
    return Files.isRegularFile(file)
            && Files.readString(file).contains("## Trained on\n\n" + credits)
        ? "Whose art the pictures show stands under *Trained on*."
        : credits;
  }

  private String command() {
    return "./lgvq audit <bundle>%s --limit %d --seed %d"
        .formatted(corpora.isOwn() ? " --corpus <images>" : "", limit, seed);
  }
}
