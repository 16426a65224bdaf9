package io.lgvq.operators.complete;

import io.lgvq.operators.codebook.TokenGrid;
import java.util.OptionalLong;

/**
 * An image whose holes are to be filled.
 *
 * @param tokens the image; what stands at the holes is not looked at
 * @param holes of as many places as the image has codes
 * @param seed draws the codes; absent, the most likely ones are taken
 */
public record CompleteRequest(TokenGrid tokens, Holes holes, OptionalLong seed) {

  /** Checks that holes and image go together. */
  public CompleteRequest {
    if (holes.places() != tokens.codes().length) {
      throw new IllegalArgumentException(
          "holes of %d places came with an image of %d codes"
              .formatted(holes.places(), tokens.codes().length));
    }
  }
}
