package io.lgvq.training.text;

import ai.onnx.proto.OnnxMl;
import com.google.protobuf.InvalidProtocolBufferException;
import java.nio.ByteOrder;

/**
 * The static word embeddings of an encoder, read from its ONNX file's initializers.
 *
 * @param size number V of rows
 * @param dimension length of each
 * @param values row-major; nobody writes to it
 */
record WordTable(int size, int dimension, float[] values) {

  private static final String NAME = "word_embeddings.weight";

  /**
   * @throws IllegalArgumentException if the file holds no float32 initializer whose name ends in
   *     {@code word_embeddings.weight}
   */
  static WordTable of(byte[] onnx) {
    try {
      for (OnnxMl.TensorProto tensor :
          OnnxMl.ModelProto.parseFrom(onnx).getGraph().getInitializerList()) {
        if (tensor.getName().endsWith(NAME) && tensor.hasRawData()) {
          float[] values = new float[tensor.getRawData().size() / Float.BYTES];
          tensor
              .getRawData()
              .asReadOnlyByteBuffer()
              .order(ByteOrder.LITTLE_ENDIAN)
              .asFloatBuffer()
              .get(values);
          return new WordTable((int) tensor.getDims(0), (int) tensor.getDims(1), values);
        }
      }
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalArgumentException("The text encoder is no ONNX file.", e);
    }
    throw new IllegalArgumentException(
        "The text encoder's file has no float32 initializer '" + NAME + "'.");
  }
}
