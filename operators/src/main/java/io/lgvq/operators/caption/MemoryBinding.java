package io.lgvq.operators.caption;

import io.lgvq.operators.codebook.AcceptedTokens;
import io.lgvq.operators.codebook.TokenGrid;
import io.lgvq.operators.engine.Binding;
import io.lgvq.operators.engine.Inputs;
import io.lgvq.operators.engine.Outputs;
import io.lgvq.operators.engine.Port;
import java.util.List;

/**
 * {@code codes} [B,n] to {@code memory} [B,M,D].
 *
 * @param codes n
 */
record MemoryBinding(int codes) implements Binding<List<TokenGrid>, Memory> {

  @Override
  public List<Port> inputs() {
    return List.of(Port.ints("codes", codes));
  }

  @Override
  public int rows(List<TokenGrid> grids) {
    return grids.size();
  }

  @Override
  public void write(List<TokenGrid> grids, Inputs inputs) {
    AcceptedTokens.write(grids, inputs.ints(0));
  }

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
