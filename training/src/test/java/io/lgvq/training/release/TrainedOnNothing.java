package io.lgvq.training.release;

import io.lgvq.operators.image.Pixels;
import io.lgvq.training.export.OnnxRun;
import io.lgvq.training.export.TokenizerGraphs;
import io.lgvq.training.head.ImageCodes;
import io.lgvq.training.network.Parameter;
import io.lgvq.training.tokenizer.TokenizerShape;
import io.lgvq.training.weights.Initialization;
import io.lgvq.training.weights.Tensor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A tokenizer with random weights, run in plain ONNX Runtime. */
final class TrainedOnNothing implements ImageCodes {

  private final TokenizerShape shape;
  private final Map<String, Tensor> tensors;
  private final byte[] encoder;

  /**
   * @param given some parameters; the others are random
   */
  TrainedOnNothing(TokenizerShape shape, Map<String, Tensor> given) {
    this.shape = shape;
    this.tensors = new HashMap<>(given);
    TokenizerGraphs graphs = new TokenizerGraphs(shape, this::values);
    this.encoder = graphs.encoder();
    graphs.decoder();
  }

  /** The value of a parameter. */
  float[] values(Parameter parameter) {
    return tensors
        .computeIfAbsent(parameter.name(), name -> Initialization.of(parameter, 3))
        .values();
  }

  @Override
  public List<int[]> of(List<Pixels> pictures) {
    int side = shape.imageSize();
    int places = side * side;
    float[] pixels = new float[pictures.size() * 3 * places];
    for (int i = 0; i < pictures.size(); i++) {
      byte[] rgb = pictures.get(i).rgb();
      for (int at = 0; at < rgb.length; at++) {
        pixels[(i * 3 + at % 3) * places + at / 3] = (rgb[at] & 255) / 127.5f - 1;
      }
    }
    float[] codes =
        OnnxRun.run(
                encoder,
                Map.of("pixels", new OnnxRun.Input.Floats(pixels, pictures.size(), 3, side, side)))
            .get("codes");
    List<int[]> each = new ArrayList<>();
    for (int i = 0; i < pictures.size(); i++) {
      int[] own = new int[shape.length()];
      for (int place = 0; place < own.length; place++) {
        own[place] = (int) codes[i * own.length + place];
      }
      each.add(own);
    }
    return each;
  }
}
