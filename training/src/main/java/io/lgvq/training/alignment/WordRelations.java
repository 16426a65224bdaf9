package io.lgvq.training.alignment;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.ndarray.types.SparseFormat;
import ai.djl.nn.core.Embedding;
import io.lgvq.training.array.ArrayOps;
import io.lgvq.training.network.Linear;
import io.lgvq.training.network.Ops;

/**
 * L_ras, LG-VQ eqs. 7 and 8: the codes behind two words should be as alike as the words are.
 *
 * <p>Each word finds the place of Zvt most like it; the code vector of Z (not Zvt) there is mapped
 * to the text's space; over all pairs of different words of a caption, the squared difference
 * between the words' cosine and their codes' cosine. The words' side takes no gradient. Words are
 * rows of the mean-centred word table, and content words only, else every pair looks alike.
 */
public final class WordRelations {

  private final Linear projection;

  /**
   * @param dimension d of a code
   * @param textWidth d_t
   */
  public WordRelations(int dimension, int textWidth) {
    projection = Linear.of("language.relations.projection", dimension, textWidth);
  }

  /**
   * The loss.
   *
   * @param vectors Z, [B, n, d]
   * @param tokens Zvt, [B, n, d_t]
   * @param words mean-centred rows of the word table, [B, C, d_t]
   * @param present 1 where there is a word, 0 where the row is filled up, [B, C]
   * @return a scalar; 0 if no caption has two words
   */
  public NDArray loss(
      ArrayOps ops, NDArray vectors, NDArray tokens, NDArray words, NDArray present) {
    Shape shape = words.getShape();
    long batch = shape.get(0);
    long count = shape.get(1);
    NDArray units = Cosines.unit(words);
    NDArray codes = project(ops, at(vectors, places(units, tokens)));
    NDArray unitCodes = Cosines.unit(codes.reshape(batch, count, -1));
    NDArray difference =
        units.matMul(units.transpose(0, 2, 1)).sub(unitCodes.matMul(unitCodes.transpose(0, 2, 1)));
    NDArray pairs =
        present
            .expandDims(2)
            .mul(present.expandDims(1))
            .mul(ops.scope().eye((int) count).sub(1).neg());
    return difference.square().mul(pairs).sum().div(pairs.sum().maximum(1));
  }

  /** Code vectors [.., d] in the text's space, [.., d_t]. */
  public <T> T project(Ops<T> ops, T vectors) {
    return projection.apply(ops, vectors);
  }

  /** The place most like each word: int64 [B, C]. */
  static NDArray places(NDArray units, NDArray tokens) {
    return units.matMul(Cosines.unit(tokens.stopGradient()).transpose(0, 2, 1)).argMax(2);
  }

  /** The vectors at each image's own places: [B C, d]. */
  private static NDArray at(NDArray vectors, NDArray places) {
    Shape shape = vectors.getShape();
    NDArray starts =
        places
            .getManager()
            .arange((int) shape.get(0))
            .mul((int) shape.get(1))
            .toType(DataType.INT64, false)
            .reshape(-1, 1);
    NDArray rows = places.add(starts).flatten();
    return Embedding.embedding(rows, vectors.reshape(-1, shape.get(2)), SparseFormat.DENSE)
        .singletonOrThrow();
  }
}
