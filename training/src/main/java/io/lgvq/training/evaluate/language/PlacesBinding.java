package io.lgvq.training.evaluate.language;

import io.lgvq.operators.codebook.TokenGrid;
import io.lgvq.operators.engine.CodesBinding;
import io.lgvq.operators.engine.Outputs;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code relation.onnx}.
 *
 * @param codes n
 * @param dimension d_t
 */
record PlacesBinding(int codes, int dimension) implements CodesBinding<List<Places>> {

  @Override
  public List<Places> read(List<TokenGrid> grids, Outputs outputs) {
    FloatBuffer tokens = outputs.floats("tokens", codes * dimension);
    FloatBuffer vectors = outputs.floats("vectors", codes * dimension);
    List<Places> places = new ArrayList<>(grids.size());
    for (int i = 0; i < grids.size(); i++) {
      places.add(new Places(rows(tokens), rows(vectors)));
    }
    return places;
  }

  private float[][] rows(FloatBuffer values) {
    float[][] rows = new float[codes][dimension];
    for (float[] row : rows) {
      values.get(row);
    }
    return rows;
  }
}
