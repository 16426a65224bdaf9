package io.lgvq.training.audit;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Compares observations by every value of every trait with the mean of all.
 *
 * <p>The mean of all has those of the value in it and counts as known, so a difference is rather
 * shown as less sure than it is. Stateless.
 *
 * @param overall every measure over all observations
 * @param findings worst first within each measure
 * @param tooFew comparisons that were not made, for want of observations
 */
record Comparison(List<AuditReport.Overall> overall, List<Finding> findings, int tooFew) {

  private record Key(String trait, String value) implements Comparable<Key> {
    @Override
    public int compareTo(Key other) {
      int byTrait = trait.compareTo(other.trait);
      return byTrait != 0 ? byTrait : value.compareTo(other.value);
    }
  }

  /**
   * Compares.
   *
   * @param least observations that a value must have, at least 2
   */
  static Comparison of(Collection<Observation> observations, int least) {
    Map<Measure, List<Observation>> measures = new TreeMap<>();
    for (Observation one : observations) {
      measures.computeIfAbsent(one.measure(), measure -> new ArrayList<>()).add(one);
      if (one.measure().kind() == Measure.Kind.ANSWER) {
        measures.computeIfAbsent(Measure.ANSWERS, measure -> new ArrayList<>()).add(one);
      }
    }
    Map<Measure, Double> means = new TreeMap<>();
    measures.forEach((measure, all) -> means.put(measure, Deviation.mean(all)));
    List<AuditReport.Overall> overall = new ArrayList<>();
    List<Finding> findings = new ArrayList<>();
    int tooFew = 0;
    for (Map.Entry<Measure, List<Observation>> entry : measures.entrySet()) {
      Measure measure = entry.getKey();
      List<Observation> all = entry.getValue();
      overall.add(new AuditReport.Overall(measure.name(), all.size(), means.get(measure)));
      List<Finding> ofMeasure = new ArrayList<>();
      for (Map.Entry<Key, List<Observation>> cell : cells(all).entrySet()) {
        List<Observation> some = cell.getValue();
        if (some.size() < least) {
          tooFew++;
        } else if (some.size() < all.size()) {
          ofMeasure.add(finding(measure, cell.getKey(), some, means));
        }
      }
      ofMeasure.sort(Comparator.comparingDouble(Finding::difference));
      findings.addAll(ofMeasure);
    }
    return new Comparison(overall, Discoveries.confirm(findings), tooFew);
  }

  private static Map<Key, List<Observation>> cells(List<Observation> all) {
    Map<Key, List<Observation>> cells = new TreeMap<>();
    for (Observation one : all) {
      one.traits()
          .forEach(
              (trait, values) ->
                  values.forEach(
                      value ->
                          cells
                              .computeIfAbsent(new Key(trait, value), key -> new ArrayList<>())
                              .add(one)));
    }
    return cells;
  }

  private static Finding finding(
      Measure measure, Key key, List<Observation> some, Map<Measure, Double> means) {
    double expected =
        some.stream().mapToDouble(one -> means.get(one.measure())).average().orElseThrow();
    Deviation found =
        measure.isShare() ? Deviation.ofShare(some, expected) : Deviation.ofMean(some, expected);
    return new Finding(
        measure.name(),
        key.trait(),
        key.value(),
        some.size(),
        found.value(),
        found.low(),
        found.high(),
        expected,
        found.value() - expected,
        found.p(),
        expected < found.low() || expected > found.high(),
        false);
  }
}
