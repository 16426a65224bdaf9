package io.lgvq.training.foreign;

import io.lgvq.training.network.Parameter;
import io.lgvq.training.weights.SafeTensorsFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/**
 * The arrays of a VQGAN in a file, held against the network that they are for. They stay in the
 * file until they are asked for. Threading: one thread. Borrows the open file.
 *
 * @param leftovers names of arrays that training alone needed
 */
record VqganWeights(Path file, SafeTensorsFile stored, List<String> leftovers) {

  private static final int NAMED = 5;

  /**
   * What a training leaves in its checkpoint beside the tokenizer: discriminator and perceptual
   * loss, a running average of all weights, and the counts by which a codebook moved.
   */
  private static final List<String> TRAINING =
      List.of(
          "loss.",
          "model_ema.",
          "quantize.embedding.cluster_size",
          "quantize.embedding.embed_avg",
          "colorize");

  /**
   * Holds a file against a network.
   *
   * @param wanted the network's parameters, by name
   * @throws IOException if an array is missing, has another shape, or is of no such network; the
   *     message is one sentence with the names
   */
  static VqganWeights of(Path file, SafeTensorsFile stored, Map<String, Parameter> wanted)
      throws IOException {
    Map<String, List<Long>> found = stored.shapes();
    List<String> problems = new ArrayList<>();
    List<String> missing =
        wanted.keySet().stream().filter(name -> !found.containsKey(name)).toList();
    if (!missing.isEmpty()) {
      problems.add("lacks " + named(missing) + ", which the configuration asks for");
    }
    List<String> leftovers = new ArrayList<>();
    List<String> unknown = new ArrayList<>();
    for (String name : found.keySet()) {
      if (!wanted.containsKey(name)) {
        (TRAINING.stream().anyMatch(name::startsWith) ? leftovers : unknown).add(name);
      }
    }
    if (!unknown.isEmpty()) {
      problems.add("holds " + named(unknown) + ", for which the configuration has no place");
    }
    for (Parameter parameter : wanted.values()) {
      List<Long> shape = found.get(parameter.name());
      if (shape != null && !alike(shape, parameter.shape())) {
        problems.add(
            "has tensor %s of shape %s where the configuration asks for %s"
                .formatted(parameter.name(), shape, padded(parameter.shape(), shape.size())));
        break;
      }
    }
    if (!problems.isEmpty()) {
      throw new IOException(
          "%s does not fit its configuration: it %s.".formatted(file, String.join("; ", problems)));
    }
    return new VqganWeights(file, stored, List.copyOf(leftovers));
  }

  /**
   * The values of a parameter.
   *
   * @throws UncheckedIOException if they cannot be read, or one of them is no number
   */
  float[] values(Parameter parameter) {
    try {
      float[] values = stored.read(parameter.name()).values();
      for (float value : values) {
        if (!Float.isFinite(value)) {
          throw new IOException(
              "%s: tensor %s holds a value that is no number".formatted(file, parameter.name()));
        }
      }
      return values;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A 1 x 1 convolution has the values of a linear layer, in the same order. */
  private static boolean alike(List<Long> a, List<Long> b) {
    int rank = Math.max(a.size(), b.size());
    return padded(a, rank).equals(padded(b, rank));
  }

  private static List<Long> padded(List<Long> shape, int rank) {
    List<Long> padded = new ArrayList<>(shape);
    padded.addAll(Collections.nCopies(Math.max(0, rank - shape.size()), 1L));
    return padded;
  }

  private static String named(List<String> names) {
    String first = String.join(", ", names.subList(0, Math.min(NAMED, names.size())));
    return (names.size() == 1 ? "tensor " : "the tensors ")
        + first
        + (names.size() > NAMED ? " and %d others".formatted(names.size() - NAMED) : "");
  }
}
