package io.lgvq.operators.drift;

import io.lgvq.operators.drift.CodeReference.Windows;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes a reference of ordinary images, in the order in which they come: whatever makes neighbours
 * alike belongs to what chance does to windows.
 *
 * <p>Threading: one thread. Keeps the codes of all images until it is let go.
 */
public final class ReferenceMeasure {

  /** Images in each window that chance is measured on. */
  public static final int WINDOW = 64;

  /** The fewest images that make a reference: eight windows. */
  public static final int LEAST_IMAGES = 8 * WINDOW;

  private record Image(int[] codes, double error) {}

  private final int size;
  private final List<Image> images = new ArrayList<>();

  /**
   * @param size number K of codes
   */
  public ReferenceMeasure(int size) {
    this.size = size;
  }

  /**
   * Takes one image more.
   *
   * @param codes each in 0 .. K-1; not copied
   * @param error its quantization error
   */
  public void add(int[] codes, double error) {
    images.add(new Image(codes, error));
  }

  /**
   * The reference.
   *
   * @param codebook digest of the codebook
   * @param measuredBy the images and the command, for people
   * @throws IllegalStateException if there are less than {@link #LEAST_IMAGES} images
   */
  public CodeReference result(String codebook, String measuredBy) {
    if (images.size() < LEAST_IMAGES) {
      throw new IllegalStateException(
          "a reference needs %d images at least, and there are %d"
              .formatted(LEAST_IMAGES, images.size()));
    }
    CodeCounts all = counted(images);
    List<CodeCounts> windows = windows(WINDOW);
    return new CodeReference(
        codebook,
        measuredBy,
        images.size(),
        all.counts(),
        Spread.of(images.stream().mapToDouble(Image::error).toArray()),
        new Windows(
            WINDOW,
            windows.size(),
            Spread.of(
                windows.stream()
                    .mapToDouble(window -> Frequencies.perplexity(window.counts()))
                    .toArray()),
            Spread.of(
                windows.stream()
                    .mapToDouble(window -> Frequencies.divergence(window.counts(), all.counts()))
                    .toArray())));
  }

  /**
   * The images in windows, as a stage sees them; those that fill none are left out.
   *
   * @param length images a window, 1 or more
   */
  public List<CodeCounts> windows(int length) {
    List<CodeCounts> windows = new ArrayList<>();
    for (int from = 0; from + length <= images.size(); from += length) {
      windows.add(counted(images.subList(from, from + length)));
    }
    return windows;
  }

  private CodeCounts counted(List<Image> some) {
    CodeCounts counts = new CodeCounts(size);
    some.forEach(image -> counts.add(image.codes(), image.error()));
    return counts;
  }
}
