package io.lgvq.training.paint;

import io.lgvq.training.network.Attention;
import io.lgvq.training.network.GridPlaces;
import io.lgvq.training.network.LayerNorm;
import io.lgvq.training.network.Linear;
import io.lgvq.training.network.Ops;
import io.lgvq.training.network.Parameter;
import io.lgvq.training.network.Parameter.Initial;
import io.lgvq.training.network.TransformerLayer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The prior over codes with a text as condition: a causal transformer over the words and then the
 * codes in row-major order, which tells at each place how likely each code is there, given the
 * words and the codes before (as DALL-E, arXiv 2102.12092; the experiment is LG-VQ's table 5).
 *
 * <p>Written in two forms that give the same: {@link #scores} for all places at once, to be
 * trained, and {@link #memory} with {@link #step} for one place at a time, to be served, in which
 * keys and values of earlier places are remembered rather than computed again. Immutable.
 */
public final class PaintNetwork {

  private final PaintSize size;
  private final Parameter words;
  private final Parameter order;
  private final CodeNeighbours neighbours;
  private final Palette palette;
  private final Linear in;
  private final GridPlaces grid;
  private final List<TransformerLayer> layers;
  private final LayerNorm norm;
  private final Linear out;

  /**
   * @param codebook the tokenizer's vectors [K, d], which stay as they are
   * @param scale brings them to about unit variance
   */
  public PaintNetwork(PaintSize size, Parameter codebook, float scale) {
    this.size = size;
    int width = size.width();
    words = Parameter.of("paint.words", Initial.NORMAL, size.words(), width);
    order = Parameter.of("paint.order", Initial.NORMAL, size.textLength(), width);
    neighbours = new CodeNeighbours(size, codebook, scale);
    palette = new Palette(size);
    in = Linear.of("paint.in", neighbours.width(), width);
    grid = GridPlaces.of("paint", size.gridHeight(), size.gridWidth(), width);
    layers =
        IntStream.range(0, size.layers())
            .mapToObj(
                layer ->
                    TransformerLayer.encoder(
                        "paint.layer" + layer, width, size.attentionHeads(), 4 * width))
            .toList();
    norm = LayerNorm.of("paint.norm", width);
    out = Linear.of("paint.out", width, size.codes());
  }

  /**
   * What comes of one place.
   *
   * @param logProbabilities of its code [B, K]
   * @param entry to be remembered of it [B, S]
   */
  public record Step<T>(T logProbabilities, T entry) {}

  /**
   * Scores of the code at every place, before the softmax [B, n, K].
   *
   * @param text word ids [B, T], {@code <begin>} first, padded
   * @param codes [B, n]; those of a place and after it do not change its scores
   */
  public <T> T scores(Ops<T> ops, T text, T codes) {
    T around = ops.add(in.apply(ops, neighbours.apply(ops, codes)), grid.apply(ops));
    Palette.Text<T> said = said(ops, text);
    T x = ops.concat(1, said.words(), ops.add(around, palette.everywhere(ops, said)));
    // Padding is never looked at; a code is never padding, whatever its number.
    T padding = ops.concat(3, said.padding(), ops.scale(ops.paddingMask(codes), 0));
    T mask = ops.add(ops.causalMask(size.length()), padding);
    for (TransformerLayer layer : layers) {
      x = layer.apply(ops, x, size.length(), Optional.of(mask));
    }
    return read(ops, ops.slice(x, 1, size.textLength(), size.length()));
  }

  /**
   * Scores of the code at every place as the text alone tells them, whatever the other codes are
   * [B, n, K]. Trained beside {@link #scores}, with which they share their reading: so what the
   * text says of a place is there to be read from the first layer on.
   *
   * @param text word ids [B, T], {@code <begin>} first, padded
   */
  public <T> T scoresOfText(Ops<T> ops, T text) {
    return read(ops, palette.everywhere(ops, said(ops, text)));
  }

  private <T> T read(Ops<T> ops, T x) {
    return out.apply(ops, norm.apply(ops, x));
  }

  /**
   * What is remembered of the words [B, T, S]: once a text.
   *
   * @param text word ids [B, T], {@code <begin>} first, padded
   */
  public <T> T memory(Ops<T> ops, T text) {
    Palette.Text<T> said = said(ops, text);
    T x = said.words();
    T mask = ops.add(ops.causalMask(size.textLength()), said.padding());
    List<T> remembered = new ArrayList<>();
    for (TransformerLayer layer : layers) {
      T normed = layer.selfNorm().apply(ops, x);
      remembered.add(layer.self().key().apply(ops, normed));
      remembered.add(layer.self().value().apply(ops, normed));
      x = layer.apply(ops, x, size.textLength(), Optional.of(mask));
    }
    return joined(ops, 2, remembered);
  }

  /**
   * One place: once a code.
   *
   * @param memory of the words, then of the codes before the place, then anything [B, T + n, S]
   * @param text word ids [B, T], {@code <begin>} first, padded
   * @param codes [B, n], any after those before the place
   * @param position index of the place [B]
   */
  public <T> Step<T> step(Ops<T> ops, T memory, T text, T codes, T position) {
    Palette.Text<T> said = said(ops, text);
    T x = ops.add(place(ops, codes, position), palette.at(ops, said, position));
    T mask = ops.concat(3, said.padding(), ops.earlierMask(position, size.places()));
    List<T> entry = new ArrayList<>();
    for (int i = 0; i < layers.size(); i++) {
      TransformerLayer layer = layers.get(i);
      T normed = layer.selfNorm().apply(ops, x);
      T key = layer.self().key().apply(ops, normed);
      T value = layer.self().value().apply(ops, normed);
      T keys = remembered(ops, memory, 2 * i);
      T values = remembered(ops, memory, 2 * i + 1);
      var earlier = new Attention.Earlier<>(keys, values, size.length(), mask);
      x = ops.add(x, layer.self().next(ops, normed, key, value, earlier));
      x = ops.add(x, layer.feed().apply(ops, layer.feedNorm().apply(ops, x)));
      entry.add(key);
      entry.add(value);
    }
    T scores = ops.reshape(read(ops, x), -1, size.codes());
    T kept = ops.reshape(joined(ops, 2, entry), -1, size.remembered());
    return new Step<>(ops.logSoftmax(scores), kept);
  }

  private <T> Palette.Text<T> said(Ops<T> ops, T text) {
    return new Palette.Text<>(
        ops.add(ops.embed(text, words), ops.parameter(order)), ops.paddingMask(text));
  }

  /** The codes around one place of each image [B, 1, width]; other places are not worked out. */
  private <T> T place(Ops<T> ops, T codes, T position) {
    T around = neighbours.apply(ops, codes);
    T nothing = ops.scale(ops.slice(around, 2, 0, 1), 0);
    T where = ops.rowAt(ops.add(nothing, grid.apply(ops)), position);
    T own = ops.add(in.apply(ops, ops.rowAt(around, position)), where);
    return ops.reshape(own, -1, 1, size.width());
  }

  private <T> T remembered(Ops<T> ops, T memory, int part) {
    return ops.slice(memory, 2, part * size.width(), (part + 1) * size.width());
  }

  private static <T> T joined(Ops<T> ops, int axis, List<T> parts) {
    return parts.stream().reduce((a, b) -> ops.concat(axis, a, b)).orElseThrow();
  }
}
