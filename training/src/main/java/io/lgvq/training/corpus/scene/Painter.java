package io.lgvq.training.corpus.scene;

import io.lgvq.operators.image.Pixels;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Paints scenes as square pictures of one size. The same scene at another size is the same picture
 * but for rounding. Safe for several threads.
 */
final class Painter {

  private static final double[] ZOOMS = {1.0, 0.8, 0.64};

  private record TintKey(Colour colour, int middle) {}

  private final int side;
  private final Sprites sprites;
  private final Map<TintKey, Tint> tints = new ConcurrentHashMap<>();

  /**
   * @param side of the pictures, in pixels
   */
  Painter(int side, Sprites sprites) {
    this.side = side;
    this.sprites = sprites;
  }

  Pixels paint(Scene scene) {
    int[] canvas = new int[side * side];
    if (scene.backdrop() instanceof Backdrop.View view) {
      paint(view, canvas);
    } else if (scene.backdrop() instanceof Backdrop.Wall wall) {
      Walls.paint(wall, canvas, side);
    }
    for (Group group : scene.groups()) {
      group.figures().forEach(figure -> paint(group, figure, canvas));
    }
    return lit(canvas, scene);
  }

  private void paint(Backdrop.View view, int[] canvas) {
    Raster photo = sprites.photo(view.photo(), (int) (side / ZOOMS[view.zoom()] + 0.5));
    int left = (int) (view.x() * (photo.width() - side) + 0.5);
    int top = (int) (view.y() * (photo.height() - side) + 0.5);
    for (int y = 0; y < side; y++) {
      int row = (top + y) * photo.width() + left;
      for (int x = 0; x < side; x++) {
        canvas[y * side + x] = photo.argb()[row + (view.mirrored() ? side - 1 - x : x)];
      }
    }
  }

  private void paint(Group group, Figure figure, int[] canvas) {
    int longer = Math.max(1, (int) (figure.size() * side + 0.5));
    Raster sprite = sprites.object(group.hand(), group.noun(), longer);
    Tint tint = group.tint().map(colour -> tint(colour, group)).orElse(null);
    int left = (int) Math.floor(figure.x() * side - sprite.width() / 2.0 + 0.5);
    int top = (int) Math.floor(figure.y() * side - sprite.height() / 2.0 + 0.5);
    for (int y = Math.max(0, -top); y < Math.min(sprite.height(), side - top); y++) {
      for (int x = Math.max(0, -left); x < Math.min(sprite.width(), side - left); x++) {
        int from = figure.mirrored() ? sprite.width() - 1 - x : x;
        int pixel = sprite.argb()[y * sprite.width() + from];
        int alpha = pixel >>> 24;
        if (alpha > 0) {
          int at = (top + y) * side + left + x;
          canvas[at] = blend(tint == null ? pixel : tint.of(pixel), canvas[at], alpha);
        }
      }
    }
  }

  private Tint tint(Colour colour, Group group) {
    int middle = Tint.brightness(sprites.mean(group.hand(), group.noun()));
    return tints.computeIfAbsent(
        new TintKey(colour, middle), key -> new Tint(key.colour(), key.middle()));
  }

  private static int blend(int over, int under, int alpha) {
    int red = mix(over >> 16 & 255, under >> 16 & 255, alpha);
    int green = mix(over >> 8 & 255, under >> 8 & 255, alpha);
    return red << 16 | green << 8 | mix(over & 255, under & 255, alpha);
  }

  private static int mix(int over, int under, int alpha) {
    return (over * alpha + under * (255 - alpha) + 127) / 255;
  }

  private Pixels lit(int[] canvas, Scene scene) {
    byte[] rgb = new byte[3 * canvas.length];
    for (int channel = 0; channel < 3; channel++) {
      int gain = (int) (scene.light().get(channel) * 1024 + 0.5);
      int shift = 16 - 8 * channel;
      for (int i = 0; i < canvas.length; i++) {
        int value = (canvas[i] >> shift & 255) * gain + 512 >> 10;
        rgb[3 * i + channel] = (byte) Math.min(255, value);
      }
    }
    return new Pixels(side, side, rgb);
  }
}
