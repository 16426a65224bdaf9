package io.lgvq.training.audit;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Which of many comparisons hold: the procedure of Benjamini and Hochberg (1995). Of those that it
 * keeps, at most 5 in 100 are expected to be chance. Stateless.
 */
final class Discoveries {

  static final double RATE = 0.05;

  private Discoveries() {}

  /** The same findings in the same order, those that hold confirmed. */
  static List<Finding> confirm(List<Finding> findings) {
    double threshold = threshold(findings);
    return findings.stream().map(finding -> finding.confirmed(finding.p() <= threshold)).toList();
  }

  /** The largest p of those that hold; below every p if none does. */
  private static double threshold(List<Finding> findings) {
    List<Double> sorted =
        findings.stream().map(Finding::p).sorted(Comparator.naturalOrder()).toList();
    return IntStream.range(0, sorted.size())
        .filter(i -> sorted.get(i) <= RATE * (i + 1) / sorted.size())
        .mapToObj(sorted::get)
        .reduce(-1.0, (before, p) -> p);
  }
}
