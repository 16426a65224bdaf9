package io.lgvq.operators.caption;

import io.lgvq.operators.engine.Binding;
import io.lgvq.operators.engine.Inputs;
import io.lgvq.operators.engine.Outputs;
import io.lgvq.operators.engine.Port;
import io.lgvq.operators.text.Vocabulary;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code memory} [B,M,D], {@code words} [B,T] and {@code position} [B] to {@code logProbabilities}
 * [B,V].
 *
 * @param memory M and D
 * @param longest T
 * @param vocabulary V
 */
record StepBinding(List<Integer> memory, int longest, int vocabulary)
    implements Binding<StepBinding.Step, List<float[]>> {

  /**
   * One row a caption.
   *
   * @param memory of all images that the captions describe
   * @param captions unfinished, at most T words each
   */
  record Step(Memory memory, List<Hypothesis> captions) {}

  @Override
  public List<Port> inputs() {
    return List.of(
        new Port("memory", Port.Element.FLOAT32, memory),
        Port.ints("words", longest),
        Port.ints("position"));
  }

  @Override
  public int rows(Step step) {
    return step.captions().size();
  }

  @Override
  public void write(Step step, Inputs inputs) {
    FloatBuffer memories = inputs.floats(0);
    IntBuffer words = inputs.ints(1);
    IntBuffer positions = inputs.ints(2);
    int size = step.memory().size();
    for (Hypothesis caption : step.captions()) {
      memories.put(step.memory().values(), caption.image() * size, size);
      words.put(caption.words());
      for (int i = caption.words().length; i < longest; i++) {
        words.put(Vocabulary.PAD);
      }
      positions.put(caption.words().length - 1);
    }
  }

  @Override
  public List<float[]> read(Step step, Outputs outputs) {
    FloatBuffer all = outputs.floats("logProbabilities", vocabulary);
    List<float[]> rows = new ArrayList<>(step.captions().size());
    for (int i = 0; i < step.captions().size(); i++) {
      float[] row = new float[vocabulary];
      all.get(row);
      rows.add(row);
    }
    return rows;
  }
}
