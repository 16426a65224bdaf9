package io.lgvq.soak.verify;

import java.util.BitSet;
import java.util.Map;
import java.util.TreeMap;

/**
 * Of which codebook the tokens of each image are, and what was made of them: while bundles change,
 * an image has the codebook of one of them, and only of one. Two bits an image and codebook.
 */
final class Codebooks {

  private final Map<String, BitSet> tokens = new TreeMap<>();
  private final Map<String, BitSet> outputs = new TreeMap<>();

  /** Notes the codebook of an image's tokens; false if something else was made with another. */
  boolean isOfTokens(int image, String codebook) {
    note(tokens, image, codebook);
    return !isOfAnother(outputs, image, codebook);
  }

  /** Notes the codebook of what was made of an image's tokens; false if those are of another. */
  boolean isOfOutput(int image, String codebook) {
    note(outputs, image, codebook);
    return !isOfAnother(tokens, image, codebook);
  }

  /** How many images have tokens of each codebook. */
  Map<String, Integer> counts() {
    Map<String, Integer> counts = new TreeMap<>();
    tokens.forEach((codebook, images) -> counts.put(codebook, images.cardinality()));
    return counts;
  }

  private static void note(Map<String, BitSet> noted, int image, String codebook) {
    noted.computeIfAbsent(codebook, digest -> new BitSet()).set(image);
  }

  private static boolean isOfAnother(Map<String, BitSet> noted, int image, String codebook) {
    return noted.entrySet().stream()
        .anyMatch(each -> !each.getKey().equals(codebook) && each.getValue().get(image));
  }
}
