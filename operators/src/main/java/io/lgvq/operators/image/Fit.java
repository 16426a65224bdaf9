package io.lgvq.operators.image;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How a picture of another aspect becomes one of the bundle's. */
public enum Fit {
  /** The largest centred part of the right aspect; what lies outside is lost, shapes are kept. */
  @JsonProperty("crop")
  CROP,
  /** The whole picture, each axis scaled by itself; nothing is lost, shapes are not kept. */
  @JsonProperty("stretch")
  STRETCH;

  /**
   * The part of a picture that the bundle's picture shows.
   *
   * @param width of the picture, in pixels
   * @param height of the picture, in pixels
   * @param toWidth of the bundle's picture
   * @param toHeight of the bundle's picture
   */
  public Region part(int width, int height, int toWidth, int toHeight) {
    if (this == STRETCH) {
      return new Region(0, 0, width, height);
    }
    int partWidth = (int) Math.max(1, Math.min(width, (long) height * toWidth / toHeight));
    int partHeight = (int) Math.max(1, Math.min(height, (long) partWidth * toHeight / toWidth));
    return new Region((width - partWidth) / 2, (height - partHeight) / 2, partWidth, partHeight);
  }
}
