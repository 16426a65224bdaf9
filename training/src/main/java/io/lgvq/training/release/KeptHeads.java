package io.lgvq.training.release;

import io.lgvq.operators.bundle.Bundle;
import io.lgvq.operators.bundle.BundleManifest;
import io.lgvq.operators.bundle.Graph;
import io.lgvq.operators.text.Vocabulary;
import io.lgvq.training.evaluate.BlindFigures;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Heads that a bundle has already and that stay as they are when others are trained on its
 * tokenizer. Immutable.
 *
 * @param from the bundle
 * @param anew heads that are trained now, and so do not stay
 */
public record KeptHeads(Bundle from, Set<Head> anew) {

  /**
   * @throws IllegalArgumentException if text heads are trained, whose words are drawn from their
   *     data, and a paint head stays, whose words are the old ones
   */
  public KeptHeads {
    if (from.has(Graph.PAINT_MEMORY) && anew.contains(Head.TEXT) && !anew.contains(Head.PAINT)) {
      throw new IllegalArgumentException(
          "the paint head shares its words with the text heads: train both, or keep both");
    }
  }

  /** The graphs that stay. */
  Set<Graph> graphs() {
    Set<Graph> graphs = EnumSet.noneOf(Graph.class);
    for (Graph graph : from.manifest().models().keySet()) {
      if (Head.of(graph).filter(head -> !anew.contains(head)).isPresent()) {
        graphs.add(graph);
      }
    }
    return graphs;
  }

  /** Whether a head of the bundle stays. */
  boolean has(Head head) {
    return graphs().stream().anyMatch(graph -> Head.of(graph).equals(Optional.of(head)));
  }

  /** The words of what stays, which other heads must then use as well; empty if none has words. */
  Optional<Vocabulary> vocabulary() {
    return has(Head.TEXT) || has(Head.PAINT) ? Optional.of(from.vocabulary()) : Optional.empty();
  }

  /** The text section that goes with what stays. */
  Optional<BundleManifest.Text> text() {
    return vocabulary().map(words -> from.text());
  }

  /** The language section that goes with what stays. */
  Optional<BundleManifest.Language> language() {
    return has(Head.PROBE) ? Optional.of(from.language()) : Optional.empty();
  }

  /** What the baselines without sight reached beside what stays. */
  BlindFigures blind() {
    return BlindFigures.of(from.manifest());
  }

  /** What was measured when those that are measured in training alone were trained. */
  Map<String, Object> measures() {
    Map<String, Object> measures = new LinkedHashMap<>();
    for (Head head : new Head[] {Head.PAINT, Head.COMPLETE}) {
      String key = head.name().toLowerCase(Locale.ROOT);
      Object found = from.manifest().metrics().get(key);
      if (has(head) && found != null) {
        measures.put(key, found);
      }
    }
    return measures;
  }
}
