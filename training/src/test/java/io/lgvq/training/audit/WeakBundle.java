package io.lgvq.training.audit;

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
import io.lgvq.training.evaluate.Served;
import java.util.List;
import java.util.Optional;

/**
 * Reads the pictures of {@link OneObject}, and fails in two ways: it takes every cat for a dog, and
 * reconstructs fog badly.
 */
final class WeakBundle {

  private static final Codebook CODEBOOK = new Codebook("weak", "1.0.0", "0".repeat(64), 256);

  private WeakBundle() {}

  static Served served() {
    return new Served(
        new Reader(),
        new Painter(),
        Optional.of(new Speaker()),
        Optional.of(new Knower()),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  private static String object(TokenGrid grid) {
    String seen = OneObject.OBJECTS.get(grid.codes()[0] / OneObject.PLACES.size());
    return seen.equals("cat") ? "dog" : seen;
  }

  private static String place(TokenGrid grid) {
    return OneObject.PLACES.get(grid.codes()[0] % OneObject.PLACES.size());
  }

  private static final class Reader implements Tokenizer {
    @Override
    public List<Tokenized> apply(List<Pixels> batch) {
      return batch.stream().map(Reader::tokenized).toList();
    }

    private static Tokenized tokenized(Pixels picture) {
      int[] codes = {picture.rgb()[0], picture.rgb()[3]};
      return new Tokenized(new TokenGrid(CODEBOOK, 1, 2, 1, codes), 0);
    }

    @Override
    public Codebook codebook() {
      return CODEBOOK;
    }

    @Override
    public int width() {
      return 16;
    }

    @Override
    public int height() {
      return 16;
    }

    @Override
    public void close() {}
  }

  private static final class Painter implements Reconstructor {
    @Override
    public List<Pixels> apply(List<TokenGrid> batch) {
      return batch.stream().map(Painter::painted).toList();
    }

    private static Pixels painted(TokenGrid grid) {
      byte[] rgb = new byte[3 * 16 * 16];
      java.util.Arrays.fill(
          rgb, (byte) (grid.codes()[0] + (place(grid).equals("fog") ? 60 : 20) + grid.codes()[1]));
      return new Pixels(16, 16, rgb);
    }

    @Override
    public Codebook codebook() {
      return CODEBOOK;
    }

    @Override
    public void close() {}
  }

  private static final class Speaker implements Captioner {
    @Override
    public List<CaptionResult> apply(List<TokenGrid> batch) {
      return batch.stream()
          .map(grid -> "a %s in the %s".formatted(object(grid), place(grid)))
          .map(text -> new CaptionResult(new CaptionResult.Scored(text, -1), List.of()))
          .toList();
    }

    @Override
    public Codebook codebook() {
      return CODEBOOK;
    }

    @Override
    public void close() {}
  }

  private static final class Knower implements Answerer {
    @Override
    public List<AnswerResult> apply(List<AnswerRequest> batch) {
      return batch.stream()
          .map(
              asked ->
                  asked.question().contains("place")
                      ? place(asked.tokens())
                      : object(asked.tokens()))
          .map(text -> new AnswerResult(new AnswerResult.Scored(text, 0.9f), true, List.of()))
          .toList();
    }

    @Override
    public Codebook codebook() {
      return CODEBOOK;
    }

    @Override
    public void close() {}
  }
}
