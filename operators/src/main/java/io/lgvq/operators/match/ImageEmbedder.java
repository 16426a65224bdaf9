package io.lgvq.operators.match;

import io.lgvq.operators.Operator;
import io.lgvq.operators.codebook.Codebook;
import io.lgvq.operators.codebook.TokenGrid;

/**
 * Codes to one vector an image, of unit length, in the space of the sentence vectors of the text
 * encoder that the bundle names: the cosine of the two says how well a text fits an image (LG-VQ's
 * z_CLS and g, eq. 5).
 */
public interface ImageEmbedder extends Operator<TokenGrid, float[]> {

  /** The codebook whose codes it accepts. */
  Codebook codebook();

  /** Length d_t of the vectors. */
  int dimension();
}
