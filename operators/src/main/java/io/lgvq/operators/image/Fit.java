package io.lgvq.operators.image;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How a picture of another aspect becomes one of the bundle's. */
public enum Fit {
  /** The largest centred part of the right aspect; what lies outside is lost, shapes are kept. */
  @JsonProperty("crop")
  CROP,
  /** The whole picture, each axis scaled by itself; nothing is lost, shapes are not kept. */
  @JsonProperty("stretch")
  STRETCH
}
