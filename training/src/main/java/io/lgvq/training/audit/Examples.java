package io.lgvq.training.audit;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * Draws images that show what findings mean: for each of the worst one that fails, by chance, then
 * another for each. The same seed draws the same. Stateless.
 */
final class Examples {

  private Examples() {}

  /**
   * An image with what it is an example of.
   *
   * @param image number in the audit
   * @param why in words
   */
  record Example(int image, String why) {}

  /** At most so many, of different images. */
  static List<Example> of(
      List<Finding> findings, List<Observation> observations, int most, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<Finding> worst = worst(findings);
    Set<Integer> drawn = new HashSet<>();
    List<Example> examples = new ArrayList<>();
    int before = -1;
    while (before < examples.size()) {
      before = examples.size();
      for (Finding finding : worst) {
        List<Integer> left =
            failing(finding, observations).stream()
                .filter(image -> !drawn.contains(image))
                .toList();
        if (examples.size() < most && !left.isEmpty()) {
          int image = left.get(random.nextInt(left.size()));
          drawn.add(image);
          examples.add(
              new Example(
                  image,
                  "%s %s: %s".formatted(finding.trait(), finding.value(), finding.measure())));
        }
      }
    }
    return examples;
  }

  /** The surest first, one for each value of a trait. */
  private static List<Finding> worst(List<Finding> findings) {
    Map<String, Finding> values = new LinkedHashMap<>();
    findings.stream()
        .filter(finding -> finding.worse() && finding.outside())
        .sorted(Comparator.comparingDouble(Finding::p).thenComparingDouble(Finding::difference))
        .forEach(finding -> values.putIfAbsent(finding.trait() + " " + finding.value(), finding));
    return List.copyOf(values.values());
  }

  /** Images with a wrong answer or an object not named; of decibels the lowest tenth. */
  private static List<Integer> failing(Finding finding, List<Observation> observations) {
    List<Observation> concerned =
        observations.stream()
            .filter(one -> one.measure().isPartOf(finding.measure()))
            .filter(one -> one.has(finding.trait(), finding.value()))
            .sorted(Comparator.comparingDouble(Observation::value))
            .toList();
    boolean shares = concerned.stream().allMatch(one -> one.measure().isShare());
    return concerned.stream()
        .limit(shares ? concerned.size() : (concerned.size() + 9) / 10)
        .filter(one -> !shares || one.value() == 0)
        .map(Observation::image)
        .distinct()
        .toList();
  }
}
