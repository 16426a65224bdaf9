package io.lgvq.training.reference;

import io.lgvq.operators.image.Pixels;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;

/** What may befall a feed: other pictures of the same scenes. Each is a pure function. */
enum Change implements UnaryOperator<Pixels> {
  /** Negative colours. */
  INVERTED {
    @Override
    public Pixels apply(Pixels picture) {
      return each(picture, (rgb, at) -> 255 - (rgb[at] & 255));
    }
  },
  /** An eighth of the light: a camera at night. */
  DARK {
    @Override
    public Pixels apply(Pixels picture) {
      return each(picture, (rgb, at) -> (rgb[at] & 255) / 8);
    }
  },
  /** The mean of 9 x 9 pixels: a lens out of focus. */
  BLURRED {
    @Override
    public Pixels apply(Pixels picture) {
      return each(picture, (rgb, at) -> mean(picture, at));
    }
  },
  /** Half of each value is chance: a sensor that fails. */
  NOISY {
    @Override
    public Pixels apply(Pixels picture) {
      SplittableRandom random = new SplittableRandom(1);
      return each(picture, (rgb, at) -> ((rgb[at] & 255) + random.nextInt(256)) / 2);
    }
  },
  /** Grey, without colours. */
  GREY {
    @Override
    public Pixels apply(Pixels picture) {
      return each(
          picture,
          (rgb, at) -> {
            int pixel = at - at % 3;
            return ((rgb[pixel] & 255) + (rgb[pixel + 1] & 255) + (rgb[pixel + 2] & 255)) / 3;
          });
    }
  };

  private static final int REACH = 4;

  private interface Value {
    int at(byte[] rgb, int index);
  }

  private static Pixels each(Pixels picture, Value value) {
    byte[] rgb = picture.rgb();
    byte[] changed = new byte[rgb.length];
    for (int i = 0; i < rgb.length; i++) {
      changed[i] = (byte) value.at(rgb, i);
    }
    return new Pixels(picture.width(), picture.height(), changed);
  }

  private static int mean(Pixels picture, int at) {
    int x = at / 3 % picture.width();
    int y = at / 3 / picture.width();
    int sum = 0;
    int count = 0;
    for (int v = Math.max(0, y - REACH); v <= Math.min(picture.height() - 1, y + REACH); v++) {
      for (int u = Math.max(0, x - REACH); u <= Math.min(picture.width() - 1, x + REACH); u++) {
        sum += picture.rgb()[3 * (v * picture.width() + u) + at % 3] & 255;
        count++;
      }
    }
    return sum / count;
  }
}
