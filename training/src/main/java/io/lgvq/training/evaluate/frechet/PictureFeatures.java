package io.lgvq.training.evaluate.frechet;

import ai.djl.modality.cv.Image.Interpolation;
import ai.djl.modality.cv.util.NDImageUtils;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.lgvq.operators.image.AreaAverage;
import io.lgvq.operators.image.Fit;
import io.lgvq.operators.image.Pixels;
import io.lgvq.training.array.Recording;
import io.lgvq.training.perception.MobileNet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What {@link MobileNet} sees in pictures as a whole. Small pictures are enlarged (bilinear) until
 * their shorter side has {@value #LEAST} pixels: the network halves a side five times, and of 64
 * pixels it would see 2 x 2 places only, while its own 224 are 5.4 times as many pixels. Large ones
 * are reduced (area averaging) to that 224, beyond which it has seen nothing.
 *
 * <p>Threading: one thread. Borrows the network.
 */
final class PictureFeatures {

  private static final int LEAST = 96;
  private static final int MOST = 224;

  // What all layers made is kept until the last one is done: of 64 pictures that is gigabytes.
  private static final int AT_ONCE = 8;

  private static final float HALF = 127.5f;

  private final MobileNet eye;

  PictureFeatures(MobileNet eye) {
    this.eye = eye;
  }

  /**
   * Features of pictures of one size.
   *
   * @return a vector of {@link MobileNet#EMBEDDING} for each
   */
  List<float[]> of(List<Pixels> pictures) {
    List<float[]> features = new ArrayList<>();
    for (int from = 0; from < pictures.size(); from += AT_ONCE) {
      features.addAll(few(pictures.subList(from, Math.min(pictures.size(), from + AT_ONCE))));
    }
    return features;
  }

  private List<float[]> few(List<Pixels> pictures) {
    try (NDManager scope = NDManager.newBaseManager();
        Recording paused = Recording.paused()) {
      float[] all = eye.embedding(pixels(pictures, scope)).toFloatArray();
      List<float[]> features = new ArrayList<>();
      for (int from = 0; from < all.length; from += MobileNet.EMBEDDING) {
        features.add(Arrays.copyOfRange(all, from, from + MobileNet.EMBEDDING));
      }
      return features;
    }
  }

  /** As the network wants them: [B, 3, H, W] in -1 .. 1. */
  private static NDArray pixels(List<Pixels> pictures, NDManager scope) {
    int width = pictures.get(0).width();
    int height = pictures.get(0).height();
    int shorter = Math.min(width, height);
    double scale = Math.max(LEAST, Math.min(MOST, shorter)) / (double) shorter;
    int wide = (int) Math.round(scale * width);
    int high = (int) Math.round(scale * height);
    if (scale < 1) {
      return batch(
              pictures.stream()
                  .map(picture -> AreaAverage.resize(picture, wide, high, Fit.STRETCH))
                  .toList(),
              scope)
          .transpose(0, 3, 1, 2);
    }
    NDArray batch = batch(pictures, scope);
    NDArray large =
        scale > 1 ? NDImageUtils.resize(batch, wide, high, Interpolation.BILINEAR) : batch;
    return large.transpose(0, 3, 1, 2);
  }

  /** [B, H, W, 3] in -1 .. 1. */
  private static NDArray batch(List<Pixels> pictures, NDManager scope) {
    int width = pictures.get(0).width();
    int height = pictures.get(0).height();
    int each = 3 * width * height;
    float[] values = new float[pictures.size() * each];
    for (int i = 0; i < pictures.size(); i++) {
      byte[] rgb = pictures.get(i).rgb();
      for (int at = 0; at < each; at++) {
        values[i * each + at] = (rgb[at] & 0xff) / HALF - 1;
      }
    }
    return scope.create(values, new Shape(pictures.size(), height, width, 3));
  }
}
