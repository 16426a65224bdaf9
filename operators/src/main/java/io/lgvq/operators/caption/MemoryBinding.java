package io.lgvq.operators.caption;

import io.lgvq.operators.codebook.TokenGrid;
import io.lgvq.operators.engine.CodesBinding;
import io.lgvq.operators.engine.Outputs;
import java.util.List;

/**
 * {@code codes} [B,n] to {@code memory} [B,M,D].
 *
 * @param codes n
 */
record MemoryBinding(int codes) implements CodesBinding<Memory> {

  @Override
  public Memory read(List<TokenGrid> grids, Outputs outputs) {
    int[] shape = outputs.shape("memory");
    if (shape.length != 2) {
      throw new IllegalStateException("its output memory has not three dimensions");
    }
    float[] values = new float[grids.size() * shape[0] * shape[1]];
    outputs.floats("memory", shape[0] * shape[1]).get(values);
    return new Memory(List.of(shape[0], shape[1]), values);
  }
}
