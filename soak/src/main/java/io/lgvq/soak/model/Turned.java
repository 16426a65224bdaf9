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

/**
 * The operators of a model behind a codebook of their own, whose codes are numbered from the other
 * end: a second bundle that takes no memory and no time to load, and that makes other tokens of
 * every image. Its heads know no codes but its own.
 *
 * @param plain the model's codebook
 * @param turned the other one
 */
record Turned(Codebook plain, Codebook turned) {

  static Turned of(Codebook plain) {
    String digest = new StringBuilder(plain.digest()).reverse().toString();
    return new Turned(
        plain, new Codebook(plain.name(), plain.version() + "-turned", digest, plain.size()));
  }

  Tokenizer tokenizer(Tokenizer of) {
    return new TurnedTokenizer(of);
  }

  Captioner captioner(Captioner of) {
    return new TurnedCaptioner(of);
  }

  Answerer answerer(Answerer of) {
    return new TurnedAnswerer(of);
  }

  Reconstructor reconstructor(Reconstructor of) {
    return new TurnedReconstructor(of);
  }

  private TokenGrid renumbered(TokenGrid grid, Codebook from, Codebook to) {
    if (!grid.codebook().equals(from)) {
      throw new IllegalArgumentException(
          "codes of %s came where %s are read".formatted(grid.codebook(), from));
    }
    int[] codes = Arrays.stream(grid.codes()).map(code -> from.size() - 1 - code).toArray();
    return new TokenGrid(to, grid.height(), grid.width(), grid.depth(), codes);
  }

  /** Borrows the operator that it asks: whoever opened that closes it. */
  private abstract class Asking<I, O, P, Q> implements Operator<I, O> {
    private final Operator<P, Q> asked;
    private final Function<I, P> before;
    private final Function<Q, O> after;

    Asking(Operator<P, Q> asked, Function<I, P> before, Function<Q, O> after) {
      this.asked = asked;
      this.before = before;
      this.after = after;
    }

    @Override
    public List<O> apply(List<I> batch) {
      return asked.apply(batch.stream().map(before).toList()).stream().map(after).toList();
    }

    public Codebook codebook() {
      return turned;
    }

    @Override
    public void close() {}
  }

  private final class TurnedTokenizer extends Asking<Pixels, Tokenized, Pixels, Tokenized>
      implements Tokenizer {
    private final Tokenizer of;

    TurnedTokenizer(Tokenizer of) {
      super(
          of,
          picture -> picture,
          made -> new Tokenized(renumbered(made.grid(), plain, turned), made.quantizationError()));
      this.of = of;
    }

    @Override
    public int width() {
      return of.width();
    }

    @Override
    public int height() {
      return of.height();
    }
  }

  private final class TurnedCaptioner
      extends Asking<TokenGrid, CaptionResult, TokenGrid, CaptionResult> implements Captioner {
    TurnedCaptioner(Captioner of) {
      super(of, grid -> renumbered(grid, turned, plain), caption -> caption);
    }
  }

  private final class TurnedAnswerer
      extends Asking<AnswerRequest, AnswerResult, AnswerRequest, AnswerResult> implements Answerer {
    TurnedAnswerer(Answerer of) {
      super(
          of,
          asked -> new AnswerRequest(renumbered(asked.tokens(), turned, plain), asked.question()),
          answer -> answer);
    }
  }

  private final class TurnedReconstructor extends Asking<TokenGrid, Pixels, TokenGrid, Pixels>
      implements Reconstructor {
    TurnedReconstructor(Reconstructor of) {
      super(of, grid -> renumbered(grid, turned, plain), picture -> picture);
    }
  }
}
