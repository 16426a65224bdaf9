package io.lgvq.training.audit;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Observations for tests. */
final class Observed {

  private Observed() {}

  /** Answers that are right, then answers that are wrong, each of an image of its own. */
  static List<Observation> answers(int right, int wrong) {
    return answers("object", right, wrong, Map.of());
  }

  static List<Observation> answers(
      String kind, int right, int wrong, Map<String, Set<String>> traits) {
    List<Observation> all = new ArrayList<>();
    for (int i = 0; i < right + wrong; i++) {
      all.add(new Observation(i, Measure.answers(kind), i < right ? 1 : 0, traits));
    }
    return all;
  }

  static List<Observation> decibels(double... values) {
    List<Observation> all = new ArrayList<>();
    for (double value : values) {
      all.add(new Observation(all.size(), Measure.PSNR, value, Map.of()));
    }
    return all;
  }
}
