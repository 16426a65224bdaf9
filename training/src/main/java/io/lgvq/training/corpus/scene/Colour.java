package io.lgvq.training.corpus.scene;

import java.util.List;
import java.util.Locale;

/** The colours that scenes name, with the shade that backgrounds and tints take. */
enum Colour {
  RED(0xD82C2C),
  ORANGE(0xF28A1E),
  YELLOW(0xF5D524),
  GREEN(0x35A648),
  BLUE(0x2F62D8),
  PURPLE(0x8A3FC0),
  PINK(0xF28CBF),
  BROWN(0x7A4A26),
  GRAY(0x8C8C8C),
  WHITE(0xF6F6F6),
  BLACK(0x181818);

  /** Colours that an object can be tinted with. */
  static final List<Colour> TINTS = List.of(RED, ORANGE, YELLOW, GREEN, BLUE, PURPLE, PINK);

  /** All colours, for backgrounds. */
  static final List<Colour> ALL = List.of(values());

  private final int rgb;

  Colour(int rgb) {
    this.rgb = rgb;
  }

  /** 0xRRGGBB. */
  int rgb() {
    return rgb;
  }

  /** As captions say it. */
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Colour of(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT));
  }

  /** Largest difference of a channel between two 0xRRGGBB colours, 0 .. 255. */
  static int distance(int a, int b) {
    int red = Math.abs((a >> 16 & 255) - (b >> 16 & 255));
    int green = Math.abs((a >> 8 & 255) - (b >> 8 & 255));
    int blue = Math.abs((a & 255) - (b & 255));
    return Math.max(red, Math.max(green, blue));
  }
}
