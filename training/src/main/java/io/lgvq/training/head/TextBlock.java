package io.lgvq.training.head;

import io.lgvq.training.network.Attention;
import io.lgvq.training.network.FeedForward;
import io.lgvq.training.network.LayerNorm;
import io.lgvq.training.network.Ops;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * One transformer block of a text: the words attend to each other, then to the image, then each is
 * thought over by itself. Normalisation comes first in each part (pre-norm). Several texts may ask
 * one image, which is then attended to by all their words at once.
 */
record TextBlock(
    int width,
    LayerNorm selfNorm,
    Attention self,
    LayerNorm imageNorm,
    Attention image,
    LayerNorm feedNorm,
    FeedForward feed) {

  static TextBlock of(String name, int width, int heads) {
    return new TextBlock(
        width,
        LayerNorm.of(name + ".self.norm", width),
        Attention.of(name + ".self", width, width, heads),
        LayerNorm.of(name + ".image.norm", width),
        Attention.of(name + ".image", width, width, heads),
        LayerNorm.of(name + ".feed.norm", width),
        FeedForward.of(name + ".feed", width, 4 * width));
  }

  /** As many blocks as a text side of this size has. */
  static List<TextBlock> stack(String name, HeadSize size) {
    return IntStream.range(0, size.textBlocks())
        .mapToObj(block -> of(name + ".block" + block, size.width(), size.attentionHeads()))
        .toList();
  }

  /** The image that texts attend to: vectors [B, places, width]. */
  record Image<T>(T vectors, int places) {}

  /**
   * Applies the block.
   *
   * @param x states of the words [B texts, length, width]; texts of one image stand together
   * @param mask added to the words' scores: [B texts, 1, 1, length] or [1, 1, length, length]
   * @param texts texts an image
   */
  <T> T apply(Ops<T> ops, T x, int length, T mask, Image<T> seen, int texts) {
    T normal = selfNorm.apply(ops, x);
    T told = ops.add(x, self.apply(ops, normal, length, normal, length, Optional.of(mask)));
    int words = texts * length;
    T asking = ops.reshape(imageNorm.apply(ops, told), -1, words, width);
    T found = image.apply(ops, asking, words, seen.vectors(), seen.places(), Optional.empty());
    T shown = ops.add(told, ops.reshape(found, -1, length, width));
    return ops.add(shown, feed.apply(ops, feedNorm.apply(ops, shown)));
  }
}
