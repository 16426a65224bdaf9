package io.lgvq.training.audit;

import io.lgvq.operators.codebook.Codebook;
import io.lgvq.training.corpus.Corpus;
import io.lgvq.training.corpus.Sample;
import io.lgvq.training.evaluate.Outcome;
import io.lgvq.training.evaluate.Outcomes;
import io.lgvq.training.evaluate.Served;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;
import java.util.function.Predicate;

/**
 * Measures where a bundle does worse: by object, colour, hand, size, place, number of objects, and
 * whatever else a corpus knows of its images ({@link io.lgvq.training.corpus.Traits}).
 *
 * <p>Images with an object that the bundle has no word for are left out: that it cannot name them
 * is known. Threading: one thread. Owns nothing.
 */
public final class Audit {

  /** Observations that a value must have: of fewer, an interval says next to nothing. */
  public static final int LEAST = 20;

  private final Corpus corpus;
  private final Served served;
  private final Outcomes outcomes;
  private final Predicate<String> words;
  private final int limit;

  private final List<Place> images = new ArrayList<>();
  private final List<Observation> observations = new ArrayList<>();
  private int leftOut;

  private record Place(String split, long index) {}

  /**
   * @param words whether the bundle has a word for an object
   * @param limit most images a split
   */
  public Audit(Corpus corpus, Served served, Predicate<String> words, int limit) {
    this.corpus = corpus;
    this.served = served;
    this.outcomes = new Outcomes(corpus, served, limit);
    this.words = words;
    this.limit = limit;
  }

  /** Images that {@link #run} will go through. */
  public int images() {
    return outcomes.images();
  }

  /**
   * Runs; once only.
   *
   * @param progress hears how many images were done since it last heard
   * @throws IllegalArgumentException if no image is left to look at
   */
  public AuditReport run(IntConsumer progress) {
    for (String split : outcomes.splits()) {
      outcomes.read(split, this::nameable, batch -> batch.forEach(this::observe), progress);
    }
    if (images.isEmpty()) {
      throw new IllegalArgumentException(
          "there is no image to look at: of %d test images, the bundle has no word for an object in %d"
              .formatted(outcomes.images(), leftOut));
    }
    return report(Comparison.of(observations, LEAST));
  }

  private boolean nameable(Sample sample) {
    boolean all = sample.objects().stream().allMatch(words);
    leftOut += all ? 0 : 1;
    return all;
  }

  private void observe(Outcome outcome) {
    observations.addAll(Observer.of(outcome, images.size()));
    images.add(new Place(outcome.split(), outcome.index()));
  }

  private AuditReport report(Comparison comparison) {
    Codebook codebook = served.tokenizer().codebook();
    List<Finding> findings = comparison.findings();
    return new AuditReport(
        codebook.name() + " " + codebook.version(),
        corpus.name(),
        images.stream().map(Place::split).distinct().toList(),
        limit,
        images.size(),
        leftOut,
        LEAST,
        comparison.tooFew(),
        findings.size(),
        0.05 * findings.size(),
        findings.stream().filter(Finding::outside).count(),
        findings.stream().filter(Finding::confirmed).count(),
        comparison.overall(),
        findings);
  }

  /**
   * Images that show what the worst findings mean.
   *
   * @param report of {@link #run}
   * @param most how many at most
   * @param seed of which are taken
   */
  public List<Failure> failures(AuditReport report, int most, long seed) {
    return Examples.of(report.findings(), observations, most, seed).stream()
        .map(
            example -> {
              Place place = images.get(example.image());
              return new Failure(outcomes.at(place.split(), place.index()), example.why());
            })
        .toList();
  }
}
