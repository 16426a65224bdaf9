package io.lgvq.operators.engine;

import io.lgvq.operators.codebook.AcceptedTokens;
import io.lgvq.operators.codebook.TokenGrid;
import java.util.List;

/**
 * A graph whose one input is {@code codes} [B,n]: what remains to be written is how its outputs are
 * read.
 *
 * @param <O> what comes of a batch of token grids
 */
public interface CodesBinding<O> extends Binding<List<TokenGrid>, O> {

  /** n, codes an image. */
  int codes();

  @Override
  default List<Port> inputs() {
    return List.of(Port.ints("codes", codes()));
  }

  @Override
  default int rows(List<TokenGrid> grids) {
    return grids.size();
  }

  @Override
  default void write(List<TokenGrid> grids, Inputs inputs) {
    AcceptedTokens.write(grids, inputs.ints(0));
  }
}
