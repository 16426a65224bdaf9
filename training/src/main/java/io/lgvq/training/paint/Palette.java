package io.lgvq.training.paint;

import io.lgvq.training.network.Attention;
import io.lgvq.training.network.FeedForward;
import io.lgvq.training.network.GridPlaces;
import io.lgvq.training.network.LayerNorm;
import io.lgvq.training.network.Linear;
import io.lgvq.training.network.Ops;
import io.lgvq.training.network.TransformerLayer;
import java.util.Optional;

/**
 * What a text alone says of each place, before any code is there: the words as a bag, which is
 * learnt quickly, and what each place hears when it looks at words that look at each other, which
 * knows their order. See decision 010.
 *
 * <p>Immutable.
 */
final class Palette {

  private final PaintSize size;
  private final GridPlaces grid;
  private final TransformerLayer layer;
  private final LayerNorm wordNorm;
  private final Attention attention;
  private final LayerNorm placeNorm;
  private final LayerNorm heardNorm;
  private final LayerNorm bagNorm;
  private final Linear bag;
  private final FeedForward feed;

  Palette(PaintSize size) {
    this.size = size;
    int width = size.width();
    int heads = size.attentionHeads();
    grid = GridPlaces.of("paint.palette", size.gridHeight(), size.gridWidth(), width);
    layer = TransformerLayer.encoder("paint.palette.layer", width, heads, 2 * width);
    wordNorm = LayerNorm.of("paint.palette.words", width);
    attention = Attention.of("paint.palette.attention", width, width, heads);
    placeNorm = LayerNorm.of("paint.palette.places", width);
    heardNorm = LayerNorm.of("paint.palette.heard", width);
    bagNorm = LayerNorm.of("paint.palette.bag.norm", width);
    bag = Linear.of("paint.palette.bag", width, width);
    feed = FeedForward.of("paint.palette.feed", width, 2 * width);
  }

  /**
   * A text, ready to be looked at.
   *
   * @param words what each word is and which of the text's [B, T, width]
   * @param padding is added to the scores of words [B, 1, 1, T]
   */
  record Text<T>(T words, T padding) {}

  /** What it says of every place [B, n, width]. */
  <T> T everywhere(Ops<T> ops, Text<T> text) {
    return said(ops, text, places(ops, text), size.places());
  }

  /**
   * What it says of one place of each image [B, 1, width].
   *
   * @param position index of the place [B]
   */
  <T> T at(Ops<T> ops, Text<T> text, T position) {
    T place = ops.rowAt(places(ops, text), position);
    return said(ops, text, ops.reshape(place, -1, 1, size.width()), 1);
  }

  private <T> T said(Ops<T> ops, Text<T> text, T places, int count) {
    int length = size.textLength();
    Optional<T> mask = Optional.of(text.padding());
    T read = wordNorm.apply(ops, layer.apply(ops, text.words(), length, mask));
    T place = placeNorm.apply(ops, places);
    T heard = attention.apply(ops, place, count, read, length, mask);
    T all = bag.apply(ops, bagNorm.apply(ops, mean(ops, text)));
    return feed.apply(ops, ops.add(ops.add(place, all), heardNorm.apply(ops, heard)));
  }

  /** Mean of the words that are no padding [B, 1, width]. */
  private <T> T mean(Ops<T> ops, Text<T> text) {
    T shares = ops.reshape(ops.softmax(text.padding()), -1, 1, size.textLength());
    return ops.matmul(shares, text.words());
  }

  /** Where each place is, for each text [B, n, width]. */
  private <T> T places(Ops<T> ops, Text<T> text) {
    T nothing = ops.scale(ops.mean(text.words(), 1), 0); // a row for each text
    return ops.add(ops.reshape(nothing, -1, 1, size.width()), grid.apply(ops));
  }
}
