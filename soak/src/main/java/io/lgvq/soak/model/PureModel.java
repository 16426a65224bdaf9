package io.lgvq.soak.model;

import io.lgvq.operators.Operator;
import io.lgvq.operators.answer.AnswerRequest;
import io.lgvq.operators.answer.AnswerResult;
import io.lgvq.operators.answer.Answerer;
import io.lgvq.operators.caption.CaptionResult;
import io.lgvq.operators.caption.Captioner;
import io.lgvq.operators.codebook.Codebook;
import io.lgvq.operators.codebook.TokenGrid;
import io.lgvq.operators.image.Pixels;
import io.lgvq.operators.reconstruct.Reconstructor;
import io.lgvq.operators.tokenize.Tokenized;
import io.lgvq.operators.tokenize.Tokenizer;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/** Pure functions in the places of a bundle's models, for runs that are about streams alone. */
final class PureModel {

  /** Width and height of pictures and grids. */
  static final int SIDE = 8;

  private static final Codebook CODEBOOK = new Codebook("lgvq-pure", "1.0.0", "a1".repeat(32), 256);

  private PureModel() {}

  private abstract static class Pure<I, O> implements Operator<I, O> {

    private final Function<I, O> function;

    Pure(Function<I, O> function) {
      this.function = function;
    }

    @Override
    public List<O> apply(List<I> batch) {
      return batch.stream().map(function).toList();
    }

    public Codebook codebook() {
      return CODEBOOK;
    }

    @Override
    public void close() {}
  }

  /** Each place's red value is its code. */
  static final class Codes extends Pure<Pixels, Tokenized> implements Tokenizer {

    Codes() {
      super(
          picture ->
              new Tokenized(new TokenGrid(CODEBOOK, SIDE, SIDE, 1, reds(picture.rgb())), 0.25f));
    }

    @Override
    public int width() {
      return SIDE;
    }

    @Override
    public int height() {
      return SIDE;
    }

    private static int[] reds(byte[] rgb) {
      int[] reds = new int[SIDE * SIDE];
      Arrays.setAll(reds, place -> rgb[3 * place] & 0xFF);
      return reds;
    }
  }

  /** Says the codes. */
  static final class Sentence extends Pure<TokenGrid, CaptionResult> implements Captioner {

    Sentence() {
      super(grid -> new CaptionResult(new CaptionResult.Scored(said(grid), -1), List.of()));
    }
  }

  /** Answers with the question and the codes. */
  static final class Reply extends Pure<AnswerRequest, AnswerResult> implements Answerer {

    Reply() {
      super(
          asked ->
              new AnswerResult(
                  new AnswerResult.Scored(asked.question() + ": " + said(asked.tokens()), 0.75f),
                  true,
                  List.of()));
    }
  }

  /** Paints each code grey. */
  static final class Greys extends Pure<TokenGrid, Pixels> implements Reconstructor {

    Greys() {
      super(grid -> new Pixels(SIDE, SIDE, greys(grid.codes())));
    }

    private static byte[] greys(int[] codes) {
      byte[] rgb = new byte[3 * codes.length];
      for (int i = 0; i < rgb.length; i++) {
        rgb[i] = (byte) codes[i / 3];
      }
      return rgb;
    }
  }

  private static String said(TokenGrid grid) {
    return "codes " + Arrays.toString(grid.codes());
  }
}
