package io.lgvq.training.tokenizer;

import io.lgvq.operators.image.Pixels;
import java.util.List;

/** Pictures as a network wants them: {@code [B, 3, H, W]}, -1 to 1. */
public final class PixelBatch {

  private static final float HALF = 127.5f;

  private PixelBatch() {}

  /**
   * Normalises with mean and deviation 0.5.
   *
   * @throws IllegalArgumentException if a picture has another size
   */
  public static float[] of(List<Pixels> pictures, int side) {
    int places = side * side;
    float[] batch = new float[pictures.size() * 3 * places];
    for (int i = 0; i < pictures.size(); i++) {
      Pixels picture = pictures.get(i);
      if (picture.width() != side || picture.height() != side) {
        throw new IllegalArgumentException(
            "the preset is for pictures of %d x %d, and this one has %d x %d"
                .formatted(side, side, picture.width(), picture.height()));
      }
      byte[] rgb = picture.rgb();
      for (int channel = 0; channel < 3; channel++) {
        int to = (i * 3 + channel) * places;
        for (int place = 0; place < places; place++) {
          batch[to + place] = (rgb[place * 3 + channel] & 0xff) / HALF - 1;
        }
      }
    }
    return batch;
  }

  /** One picture of a batch, values outside -1 to 1 cut. */
  public static Pixels picture(float[] batch, int index, int side) {
    int places = side * side;
    byte[] rgb = new byte[3 * places];
    for (int channel = 0; channel < 3; channel++) {
      int from = (index * 3 + channel) * places;
      for (int place = 0; place < places; place++) {
        float value = Math.max(-1, Math.min(1, batch[from + place]));
        rgb[place * 3 + channel] = (byte) Math.round((value + 1) * HALF);
      }
    }
    return new Pixels(side, side, rgb);
  }
}
