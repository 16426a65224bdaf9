package io.lgvq.training.foreign;

import io.lgvq.training.export.TokenizerFiles;
import io.lgvq.training.network.CostOps;
import io.lgvq.training.release.Release.Identity;
import java.util.List;
import java.util.Locale;

/**
 * {@code MODEL_CARD.md} of a tokenizer that was trained elsewhere: where it comes from, and that
 * nothing about it was measured here. Stateless.
 */
final class ImportCard {

  private ImportCard() {}

  /**
   * Where weights come from.
   *
   * @param source in words, as whoever imports them says
   * @param weights file and digest
   * @param configuration file and digest
   */
  record Origin(String source, String weights, String configuration) {

    /** The same as one sentence. */
    String sentence() {
      return "The tokenizer is a VQGAN that was trained elsewhere (source: %s; weights: %s)."
          .formatted(source, weights);
    }
  }

  static String of(
      Identity identity,
      TokenizerFiles files,
      Origin origin,
      CostOps encoder,
      CostOps decoder,
      List<String> leftovers) {
    return """
    # %s %s

    A discrete image tokenizer that was trained elsewhere and brought into this form by
    `./lgvq bundle import`: pictures of %d x %d pixels become %d codes of a codebook of %d. It has
    no heads, so it gives codes and reconstructions, neither captions nor answers. Licence of the
    weights, as whoever imported them says: %s.

    ## Where it comes from

    - Source, as whoever imported them says: %s
    - Weights: %s
    - Configuration: %s

    A VQGAN (Esser et al., CVPR 2021):

    - Encoder: %s.
    - Decoder: %s.

    The parameters are those of the file, as 32-bit floats. %s

    ## Measured

    Nothing. What its authors measured is true of their pictures and their preprocessing. Here a
    picture is cropped to a square, scaled by area averaging and normalised to -1 .. 1. This
    measures it on pictures of yours or on our test scenes:

        ./lgvq evaluate <bundle>

    ## Meant for and not meant for

    What its authors say of it. Its codes were not trained with language guidance, unless they say
    so.
    """
        .formatted(
            identity.name(),
            identity.version(),
            files.image().width(),
            files.image().height(),
            files.grid().codes(),
            files.codes(),
            identity.licence(),
            origin.source(),
            origin.weights(),
            origin.configuration(),
            words(encoder),
            words(decoder),
            passedOver(leftovers));
  }

  private static String words(CostOps cost) {
    return String.format(
        Locale.ROOT,
        "%.1f M parameters and %.1f G multiply-accumulates an image",
        cost.parameterCount() / 1e6,
        cost.multiplyAccumulates() / 1e9);
  }

  private static String passedOver(List<String> leftovers) {
    return leftovers.isEmpty()
        ? "None was left out."
        : "Left out were %d arrays that training alone needs.".formatted(leftovers.size());
  }
}
