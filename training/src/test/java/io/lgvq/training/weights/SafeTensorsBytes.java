package io.lgvq.training.weights;

import ai.djl.util.Float16Utils;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.StringJoiner;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/** Writes safetensors files as others do, by the format's own description. */
public final class SafeTensorsBytes {

  private SafeTensorsBytes() {}

  /**
   * A whole file.
   *
   * @param type of each array's values, by its name
   */
  public static byte[] of(Map<String, Tensor> tensors, UnaryOperator<String> type) {
    StringJoiner header = new StringJoiner(",", "{", "}");
    header.add("\"__metadata__\":{\"format\":\"pt\"}");
    ByteArrayOutputStream values = new ByteArrayOutputStream();
    new TreeMap<>(tensors)
        .forEach(
            (name, tensor) -> {
              int from = values.size();
              values.writeBytes(encoded(tensor.values(), type.apply(name)));
              header.add(
                  "\"%s\":{\"dtype\":\"%s\",\"shape\":%s,\"data_offsets\":[%d,%d]}"
                      .formatted(name, type.apply(name), tensor.shape(), from, values.size()));
            });
    return of(header.toString(), values.toByteArray());
  }

  /** A file of this header. */
  public static byte[] of(String header, byte[] values) {
    byte[] text = header.getBytes(StandardCharsets.UTF_8);
    return buffer(Long.BYTES + text.length + values.length)
        .putLong(text.length)
        .put(text)
        .put(values)
        .array();
  }

  private static byte[] encoded(float[] values, String type) {
    ByteBuffer bytes = buffer(8 * values.length);
    for (float value : values) {
      switch (type) {
        case "F64" -> bytes.putDouble(value);
        case "F32" -> bytes.putFloat(value);
        case "F16" -> bytes.putShort(Float16Utils.floatToHalf(value));
        case "BF16" -> bytes.putShort((short) (Float.floatToRawIntBits(value) >>> 16));
        case "I64" -> bytes.putLong((long) value);
        default -> throw new IllegalArgumentException(type);
      }
    }
    byte[] result = new byte[bytes.position()];
    bytes.flip().get(result);
    return result;
  }

  private static ByteBuffer buffer(int length) {
    return ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
  }
}
