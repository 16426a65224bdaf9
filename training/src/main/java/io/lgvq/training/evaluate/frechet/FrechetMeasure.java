package io.lgvq.training.evaluate.frechet;

import io.lgvq.operators.image.Pixels;
import io.lgvq.training.perception.MobileNet;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/**
 * How far the reconstructions of some images are from the images as a set: the Frechet distance of
 * what {@link MobileNet} sees in both. Fewer images give a larger value for the same tokenizer, so
 * only values over equally many compare. It is no FID, for that looks with Inception.
 *
 * <p>Threading: one thread. Borrows the network. Keeps 14 kB an image until the end.
 */
public final class FrechetMeasure {

  private final PictureFeatures eye;
  private final List<float[]> originals = new ArrayList<>();
  private final List<float[]> reconstructions = new ArrayList<>();

  /**
   * @param eye closed by its owner, after this
   */
  public FrechetMeasure(MobileNet eye) {
    this.eye = new PictureFeatures(eye);
  }

  /** Takes in some more images and their reconstructions, all of one size. */
  public void add(List<Pixels> pictures, List<Pixels> reconstructed) {
    originals.addAll(eye.of(pictures));
    reconstructions.addAll(eye.of(reconstructed));
  }

  /** The distance over all images; absent of fewer than two, which have no spread. */
  public OptionalDouble result() {
    return originals.size() < 2
        ? OptionalDouble.empty()
        : OptionalDouble.of(FrechetDistance.between(originals, reconstructions));
  }
}
