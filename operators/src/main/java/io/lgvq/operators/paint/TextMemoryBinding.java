package io.lgvq.operators.paint;

import io.lgvq.operators.engine.Binding;
import io.lgvq.operators.engine.Inputs;
import io.lgvq.operators.engine.Outputs;
import io.lgvq.operators.engine.Port;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code words} [B,T] to {@code memory} [B,T,S].
 *
 * @param length T
 */
record TextMemoryBinding(int length) implements Binding<List<int[]>, TextMemory> {

  @Override
  public List<Port> inputs() {
    return List.of(Port.ints("words", length));
  }

  @Override
  public int rows(List<int[]> texts) {
    return texts.size();
  }

  @Override
  public void write(List<int[]> texts, Inputs inputs) {
    var words = inputs.ints(0);
    texts.forEach(words::put);
  }

  @Override
  public TextMemory read(List<int[]> texts, Outputs outputs) {
    int[] shape = outputs.shape("memory");
    if (shape.length != 2 || shape[0] != length) {
      throw new IllegalStateException("its output memory has not the shape [B,T,S]");
    }
    FloatBuffer all = outputs.floats("memory", shape[0] * shape[1]);
    List<float[]> values = new ArrayList<>(texts.size());
    for (int i = 0; i < texts.size(); i++) {
      float[] own = new float[shape[0] * shape[1]];
      all.get(own);
      values.add(own);
    }
    return new TextMemory(shape[0], shape[1], values);
  }
}
