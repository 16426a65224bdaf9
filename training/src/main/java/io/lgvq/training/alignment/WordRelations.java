package io.lgvq.training.alignment;

import ai.djl.ndarray.NDArray;
import io.lgvq.training.array.ArrayOps;
import io.lgvq.training.network.Linear;
import io.lgvq.training.network.Ops;
import java.util.function.UnaryOperator;

/**
 * L_ras, LG-VQ eqs. 7 and 8: the codes behind two words should be as alike as the words are.
 *
 * <p>Each word finds the place of Zvt most like it; the code vector of Z (not Zvt) there is mapped
 * to the text's space; over all pairs of different words of a caption, the squared difference
 * between the words' cosine and their codes' cosine. The words' side takes no gradient. Words are
 * rows of the mean-centred word table, and content words only, else every pair looks alike.
 *
 * <p>The paper's choice of a place has no gradient, so nothing teaches Zvt where a word is; and two
 * words that choose one place stay alike for ever, because a cosine is flat where it is 1. Here the
 * choice is the softmax over all places at a low temperature: it learns, and where Zvt is sure it
 * is the paper's. What is measured (table 4) has the paper's hard choice.
 */
public final class WordRelations {

  private static final float TEMPERATURE = 0.03f;

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
   * @param likeness cosines with all of Zvt, [B, C, n], of words of length 1, [B, C, d_t]
   * @param words mean-centred rows of the word table, [B, C, d_t]
   * @param present 1 where there is a word, 0 where the row is filled up, [B, C]
   * @return a scalar; 0 if no caption has two words
   */
  public NDArray loss(
      ArrayOps ops,
      NDArray vectors,
      UnaryOperator<NDArray> likeness,
      NDArray words,
      NDArray present) {
    long count = words.getShape().get(1);
    NDArray units = Cosines.unit(words).stopGradient();
    NDArray choice = ArrayOps.times(likeness.apply(units), 1 / TEMPERATURE).softmax(2);
    NDArray codes = project(ops, choice.matMul(vectors));
    NDArray unitCodes = Cosines.unit(codes);
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
}
