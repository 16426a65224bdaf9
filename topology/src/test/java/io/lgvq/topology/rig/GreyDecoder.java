package io.lgvq.topology.rig;

import io.lgvq.operators.image.Decoded;
import io.lgvq.operators.image.ImageDecoder;
import io.lgvq.operators.image.ImageProblem;

/** Decodes pictures of four bytes, one grey each; all others are corrupt, and none is empty. */
public final class GreyDecoder implements ImageDecoder {

  @Override
  public Decoded decode(byte[] encoded, String mediaType) {
    if (encoded.length == 0) {
      return new Decoded.Rejected(ImageProblem.EMPTY, "zero bytes");
    }
    if (encoded.length != SmallModel.SIDE * SmallModel.SIDE) {
      return new Decoded.Rejected(ImageProblem.CORRUPT, "not four bytes");
    }
    return new Decoded.Picture(
        SmallModel.pixels(
            encoded[0] & 0xFF, encoded[1] & 0xFF, encoded[2] & 0xFF, encoded[3] & 0xFF));
  }

  @Override
  public void close() {}
}
