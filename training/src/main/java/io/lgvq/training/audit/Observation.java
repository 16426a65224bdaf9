package io.lgvq.training.audit;

import java.util.Map;
import java.util.Set;

/**
 * One thing that a bundle did, well or badly: an answer, an object to be named, a reconstruction.
 *
 * @param image number of the image in the audit; what is asked of one image hangs together
 * @param measure what was done
 * @param value 1 if right and 0 if wrong; decibels of a reconstruction
 * @param traits values of each trait that this concerns, by the trait's name
 */
record Observation(int image, Measure measure, double value, Map<String, Set<String>> traits) {

  boolean has(String trait, String value) {
    return traits.getOrDefault(trait, Set.of()).contains(value);
  }
}
