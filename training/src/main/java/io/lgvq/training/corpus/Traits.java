package io.lgvq.training.corpus;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What is known of how an image came about, beyond what it shows: where its objects stand, whose
 * art they are, how large they are. For finding out what a model does worse at; nothing learns from
 * it.
 *
 * @param image traits of the whole image, by name: {@code place} is {@code beach}
 * @param objects traits of each object of the sample, in their order; empty where unknown
 */
public record Traits(Map<String, String> image, List<Map<String, String>> objects) {

  /** Of an image of which nothing is known. */
  public static final Traits NONE = new Traits(Map.of(), List.of());

  /** Copies, in the order of the names. */
  public Traits {
    image = sorted(image);
    objects = objects.stream().map(Traits::sorted).toList();
  }

  private static Map<String, String> sorted(Map<String, String> traits) {
    return Collections.unmodifiableMap(new TreeMap<>(traits));
  }
}
