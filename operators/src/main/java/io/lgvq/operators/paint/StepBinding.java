package io.lgvq.operators.paint;

import io.lgvq.operators.engine.Binding;
import io.lgvq.operators.engine.Inputs;
import io.lgvq.operators.engine.Outputs;
import io.lgvq.operators.engine.Port;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code memory} [B,T+n,S], {@code words} [B,T], {@code codes} [B,n] and {@code position} [B] to
 * {@code logProbabilities} [B,K] and {@code entry} [B,S].
 *
 * @param words T
 * @param places n
 * @param size S
 * @param codes K
 */
record StepBinding(int words, int places, int size, int codes)
    implements Binding<List<Canvas>, List<Prior.Next>> {

  @Override
  public List<Port> inputs() {
    return List.of(
        Port.floats("memory", words + places, size),
        Port.ints("words", words),
        Port.ints("codes", places),
        Port.ints("position"));
  }

  @Override
  public int rows(List<Canvas> canvases) {
    return canvases.size();
  }

  @Override
  public void write(List<Canvas> canvases, Inputs inputs) {
    FloatBuffer memories = inputs.floats(0);
    IntBuffer texts = inputs.ints(1);
    IntBuffer grids = inputs.ints(2);
    IntBuffer positions = inputs.ints(3);
    for (Canvas canvas : canvases) {
      memories.put(canvas.memory());
      texts.put(canvas.words());
      grids.put(canvas.codes());
      positions.put(canvas.position());
    }
  }

  @Override
  public List<Prior.Next> read(List<Canvas> canvases, Outputs outputs) {
    FloatBuffer all = outputs.floats("logProbabilities", codes);
    FloatBuffer entries = outputs.floats("entry", size);
    List<Prior.Next> next = new ArrayList<>(canvases.size());
    for (int i = 0; i < canvases.size(); i++) {
      float[] logProbabilities = new float[codes];
      float[] entry = new float[size];
      all.get(logProbabilities);
      entries.get(entry);
      next.add(new Prior.Next(logProbabilities, entry));
    }
    return next;
  }
}
