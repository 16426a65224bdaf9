package io.lgvq.training.reference;

import io.lgvq.operators.drift.CodeReference;
import io.lgvq.operators.drift.Drift;
import io.lgvq.operators.drift.ReferenceMeasure;
import io.lgvq.operators.tokenize.Tokenizer;
import io.lgvq.training.corpus.Corpus;
import java.util.List;
import java.util.Locale;
import java.util.function.IntConsumer;
import java.util.function.ToDoubleFunction;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * What the drift stage would say of windows of ordinary and of changed images: what thresholds of
 * alerts are chosen by. One line a kind of images, as text.
 *
 * <p>Threading: one thread. Borrows the tokenizer.
 */
public final class DriftTable {

  private static final String HEAD =
      """
      windows of %d images      windows  divergence, bits            error shift      perplexity of    rare codes of
                                         mean    least    most       mean     most    expected, least  expected, most
      """;

  private final CodeReference reference;
  private final Tokenizer tokenizer;
  private final int window;
  private final double rareBelow;
  private final StringBuilder text = new StringBuilder();

  /**
   * @param window images a window
   * @param rareBelow a code is rare if its probability in the reference is less than this
   */
  public DriftTable(CodeReference reference, Tokenizer tokenizer, int window, double rareBelow) {
    this.reference = reference;
    this.tokenizer = tokenizer;
    this.window = window;
    this.rareBelow = rareBelow;
    text.append(HEAD.formatted(window));
  }

  /** Adds the test splits of a corpus as they are, and one split with every change. */
  public DriftTable add(Corpus corpus, OrdinaryImages changed, int limit, IntConsumer progress) {
    for (String split : corpus.splits()) {
      if (split.startsWith("test")) {
        add(split, new OrdinaryImages(corpus, split, limit), progress);
      }
    }
    OrdinaryImages some = new OrdinaryImages(corpus, changed.split(), Math.min(limit, 512));
    for (Change change : Change.values()) {
      add(
          some.split() + ", " + change.name().toLowerCase(Locale.ROOT),
          some.measured(tokenizer, change, progress));
    }
    return this;
  }

  private void add(String kind, ReferenceMeasure images) {
    List<Drift> drifts =
        images.windows(window).stream()
            .map(counts -> Drift.of(counts, reference, rareBelow))
            .toList();
    if (!drifts.isEmpty()) {
      ToDoubleFunction<Drift> perplexity = each -> each.perplexity() / each.expectedPerplexity();
      ToDoubleFunction<Drift> rare = each -> each.rareShare() / each.expectedRareShare();
      text.append(
          String.format(
              Locale.ROOT,
              "%-26s %4d  %7.3f  %7.3f %7.3f  %9.2f  %7.2f  %16.2f %15.2f%n",
              kind,
              drifts.size(),
              drifts.stream().collect(Collectors.averagingDouble(Drift::divergence)),
              drifts.stream().mapToDouble(Drift::divergence).min().orElseThrow(),
              drifts.stream().mapToDouble(Drift::divergence).max().orElseThrow(),
              drifts.stream().collect(Collectors.averagingDouble(Drift::errorShift)),
              drifts.stream().mapToDouble(Drift::errorShift).max().orElseThrow(),
              drifts.stream().mapToDouble(perplexity).min().orElseThrow(),
              drifts.stream().mapToDouble(rare).max().orElseThrow()));
    }
  }

  private void add(String kind, OrdinaryImages images, IntConsumer progress) {
    add(kind, images.measured(tokenizer, UnaryOperator.identity(), progress));
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
