package io.lgvq.soak.verify;

import java.nio.charset.StandardCharsets;

/** Values are words that say what they are, and perhaps of which codebook: "caption of next". */
final class TextContents implements Contents {

  /** At the end of what is of the other codebook. */
  static final String OF_NEXT = " of next";

  @Override
  public Said tokens(byte[] value, String imageId, int picture) {
    return said("tokens", value);
  }

  @Override
  public Said caption(byte[] value, String imageId, int picture) {
    return said("caption", value);
  }

  @Override
  public Said reconstruction(byte[] value, String imageId, int picture) {
    return said("reconstruction", value);
  }

  @Override
  public Said answer(byte[] value, String questionId, String imageId, int picture, int text) {
    boolean unknown = new String(value, StandardCharsets.UTF_8).equals("unknown");
    return new Said(unknown ? "" : "first", "");
  }

  private static Said said(String due, byte[] value) {
    String said = new String(value, StandardCharsets.UTF_8);
    if (said.equals("torn")) {
      throw new IllegalStateException("no " + due);
    }
    String codebook = said.endsWith(OF_NEXT) ? "next" : "first";
    String wrong = said.replace(OF_NEXT, "").equals(due) ? "" : "it says " + said;
    return new Said(codebook, wrong);
  }
}
