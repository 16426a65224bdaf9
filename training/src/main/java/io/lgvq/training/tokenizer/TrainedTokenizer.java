package io.lgvq.training.tokenizer;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.lgvq.operators.image.Pixels;
import io.lgvq.training.array.ArrayOps;
import io.lgvq.training.array.ParameterStore;
import io.lgvq.training.array.Recording;
import io.lgvq.training.weights.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * A frozen tokenizer on the training engine. Threading: one thread. Owns its arrays.
 *
 * <p>What is served is the ONNX export of the same networks; this one spares training the way
 * through a file.
 */
public final class TrainedTokenizer implements AutoCloseable {

  private final NDManager manager = NDManager.newBaseManager();
  private final ParameterStore parameters = new ParameterStore(manager, 0);
  private final TokenizerShape shape;
  private final Map<String, Tensor> tensors;
  private final Encoder encoder;
  private final Decoder decoder;

  /**
   * @param tensors the parameters by name; others are ignored
   */
  public TrainedTokenizer(TokenizerShape shape, Map<String, Tensor> tensors) {
    this.shape = shape;
    this.tensors = Map.copyOf(tensors);
    parameters.freeze("");
    parameters.load(tensors);
    encoder = new Encoder(shape);
    decoder = new Decoder(shape);
  }

  /** The architecture. */
  public TokenizerShape shape() {
    return shape;
  }

  /** The code vectors, [K, d]. */
  public Tensor codebook() {
    return tensors.get(CodebookParameter.NAME);
  }

  /** All parameters, by name. */
  public Map<String, Tensor> tensors() {
    return tensors;
  }

  /** The codes of each picture, row-major. */
  public List<int[]> codes(List<Pixels> pictures) {
    try (Recording paused = Recording.paused();
        NDManager scope = manager.newSubManager()) {
      ArrayOps ops = new ArrayOps(parameters, scope);
      int side = shape.imageSize();
      NDArray pixels =
          scope.create(PixelBatch.of(pictures, side), new Shape(pictures.size(), 3, side, side));
      NDArray codes =
          ops.nearestCode(encoder.apply(ops, pixels), CodebookParameter.of(shape))
              .toType(DataType.INT32, false);
      int[] all = codes.toIntArray();
      List<int[]> each = new ArrayList<>();
      for (int from = 0; from < all.length; from += shape.length()) {
        each.add(Arrays.copyOfRange(all, from, from + shape.length()));
      }
      return each;
    }
  }

  /** Pictures from their codes. */
  public List<Pixels> pictures(List<int[]> codes) {
    try (Recording paused = Recording.paused();
        NDManager scope = manager.newSubManager()) {
      ArrayOps ops = new ArrayOps(parameters, scope);
      int[] all = codes.stream().flatMapToInt(Arrays::stream).toArray();
      NDArray indices = scope.create(all, new Shape(codes.size(), shape.length()));
      NDArray vectors = ops.embed(indices, CodebookParameter.of(shape));
      float[] pixels = decoder.apply(ops, vectors).toFloatArray();
      List<Pixels> pictures = new ArrayList<>();
      for (int i = 0; i < codes.size(); i++) {
        pictures.add(PixelBatch.picture(pixels, i, shape.imageSize()));
      }
      return pictures;
    }
  }

  @Override
  public void close() {
    manager.close();
  }
}
