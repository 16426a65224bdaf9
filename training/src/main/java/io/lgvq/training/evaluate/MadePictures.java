package io.lgvq.training.evaluate;

import io.lgvq.operators.image.Pixels;
import io.lgvq.training.evaluate.frechet.FrechetMeasure;
import io.lgvq.training.perception.MobileNet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * How far pictures that a head made are from the images as a set, and beside it how far the
 * reconstructions of just these images are: what any head makes passes through the same decoder.
 *
 * <p>Threading: one thread. Borrows the network.
 */
final class MadePictures {

  private final Optional<FrechetMeasure> made;
  private final Optional<FrechetMeasure> reconstructed;

  /**
   * @param eye absent: nobody looks
   */
  MadePictures(Optional<MobileNet> eye) {
    made = eye.map(FrechetMeasure::new);
    reconstructed = eye.map(FrechetMeasure::new);
  }

  /** Takes in some more images, and a picture that was made for each. */
  void add(List<Outcome> outcomes, List<Pixels> pictures) {
    List<Pixels> originals = outcomes.stream().map(outcome -> outcome.sample().pixels()).toList();
    made.ifPresent(measure -> measure.add(originals, pictures));
    reconstructed.ifPresent(
        measure -> measure.add(originals, outcomes.stream().map(Outcome::reconstruction).toList()));
  }

  OptionalDouble frechet() {
    return distance(made);
  }

  OptionalDouble ofReconstructions() {
    return distance(reconstructed);
  }

  private static OptionalDouble distance(Optional<FrechetMeasure> measure) {
    return measure.map(FrechetMeasure::result).orElseGet(OptionalDouble::empty);
  }
}
