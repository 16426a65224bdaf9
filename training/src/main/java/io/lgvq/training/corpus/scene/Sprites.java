package io.lgvq.training.corpus.scene;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Objects and photographs at the sizes that a painter needs, scaled once and kept. Safe for several
 * threads.
 */
final class Sprites {

  private record Sprite(Hand hand, String word, int pixels) {}

  private record Window(String file, int height) {}

  private final Art art;
  private final Map<Sprite, Raster> sprites = new ConcurrentHashMap<>();
  private final Map<Sprite, Integer> means = new ConcurrentHashMap<>();
  private final Map<Window, Raster> windows = new ConcurrentHashMap<>();

  Sprites(Art art) {
    this.art = art;
  }

  /** Whether this hand has drawn such an object. */
  boolean has(Hand hand, Noun noun) {
    return art.has(hand, noun);
  }

  /** An object whose longer side has so many pixels. */
  Raster object(Hand hand, Noun noun, int pixels) {
    return sprites.computeIfAbsent(
        new Sprite(hand, noun.word(), pixels),
        key -> {
          Raster whole = art.object(hand, noun);
          double factor = (double) pixels / Math.max(whole.width(), whole.height());
          return whole.scaled(side(whole.width(), factor), side(whole.height(), factor));
        });
  }

  /** Mean colour of an object, 0xRRGGBB. */
  int mean(Hand hand, Noun noun) {
    return means.computeIfAbsent(
        new Sprite(hand, noun.word(), 0), key -> art.object(hand, noun).mean());
  }

  /** A photograph of so many pixels in height. */
  Raster photo(Photo photo, int height) {
    return windows.computeIfAbsent(
        new Window(photo.file(), height),
        key -> {
          Raster whole = art.photo(photo);
          return whole.scaled(side(whole.width(), (double) height / whole.height()), height);
        });
  }

  private static int side(int length, double factor) {
    return Math.max(1, (int) (length * factor + 0.5));
  }
}
