package io.lgvq.training.weights;

import java.nio.ByteBuffer;

/** The number types that a safetensors file may hold; the constants are the format's own names. */
enum StoredType {
  F64(8),
  F32(4),
  F16(2),
  BF16(2),
  I64(8),
  I32(4),
  I16(2),
  I8(1),
  U64(8),
  U32(4),
  U16(2),
  U8(1),
  BOOL(1),
  F8_E4M3(1),
  F8_E5M2(1);

  private static final int HALF_EXPONENT = 31;
  private static final float HALF_SUBNORMAL = 0x1p-24f;

  private final int bytes;

  StoredType(int bytes) {
    this.bytes = bytes;
  }

  /** Bytes of one value. */
  int bytes() {
    return bytes;
  }

  /** Whether {@link #next} reads it. */
  boolean readable() {
    return this == F32 || this == F16 || this == BF16;
  }

  /** The next value of a little-endian buffer; every value of these types is a float. */
  float next(ByteBuffer from) {
    return switch (this) {
      case F32 -> from.getFloat();
      case F16 -> half(from.getShort());
      case BF16 -> Float.intBitsToFloat(from.getShort() << 16); // a float's upper half
      default -> throw new IllegalStateException(this + " is not read");
    };
  }

  /** IEEE 754 binary16: a sign, five bits of exponent (bias 15), ten of fraction. */
  private static float half(short bits) {
    int sign = (bits & 0x8000) << 16;
    int exponent = bits >> 10 & HALF_EXPONENT;
    int fraction = bits & 0x3ff;
    if (exponent == 0) {
      return Math.copySign(fraction * HALF_SUBNORMAL, Float.intBitsToFloat(sign));
    }
    int wide = exponent == HALF_EXPONENT ? 255 : exponent - 15 + 127;
    return Float.intBitsToFloat(sign | wide << 23 | fraction << 13);
  }
}
