package io.lgvq.training.evaluate.language;

import io.lgvq.operators.codebook.AcceptedTokens;
import io.lgvq.operators.engine.Binding;
import io.lgvq.operators.engine.Inputs;
import io.lgvq.operators.engine.Outputs;
import io.lgvq.operators.engine.Port;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code masked-word.onnx}: to each query the likeliest word's number.
 *
 * @param codes n
 * @param length L
 * @param known W
 */
record HiddenWordBinding(int codes, int length, int known)
    implements Binding<List<HiddenWordQuery>, List<Integer>> {

  @Override
  public List<Port> inputs() {
    return List.of(
        Port.ints("codes", codes),
        Port.ints("words", length),
        Port.floats("hidden", length),
        Port.ints("position"));
  }

  @Override
  public int rows(List<HiddenWordQuery> queries) {
    return queries.size();
  }

  @Override
  public void write(List<HiddenWordQuery> queries, Inputs inputs) {
    AcceptedTokens.write(queries.stream().map(HiddenWordQuery::grid).toList(), inputs.ints(0));
    IntBuffer words = inputs.ints(1);
    FloatBuffer hidden = inputs.floats(2);
    IntBuffer positions = inputs.ints(3);
    for (HiddenWordQuery query : queries) {
      words.put(query.words());
      for (boolean flag : query.hidden()) {
        hidden.put(flag ? 1 : 0);
      }
      positions.put(query.position());
    }
  }

  @Override
  public List<Integer> read(List<HiddenWordQuery> queries, Outputs outputs) {
    FloatBuffer scores = outputs.floats("logProbabilities", known);
    List<Integer> best = new ArrayList<>(queries.size());
    float[] row = new float[known];
    for (int i = 0; i < queries.size(); i++) {
      scores.get(row);
      int first = 0;
      for (int word = 1; word < known; word++) {
        first = row[word] > row[first] ? word : first;
      }
      best.add(first);
    }
    return best;
  }
}
