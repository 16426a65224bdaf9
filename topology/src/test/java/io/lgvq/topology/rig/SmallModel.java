package io.lgvq.topology.rig;

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

/** Pure functions in the places of a bundle's models: what comes out follows from what goes in. */
public final class SmallModel {

  /** Its codebook. */
  public static final Codebook CODEBOOK = codebook("1.0.0", "a1".repeat(32));

  /** Another one, of a newer bundle. */
  public static final Codebook FOREIGN = codebook("2.0.0", "b2".repeat(32));

  /** Width and height of its pictures; its grids are as large. */
  public static final int SIDE = 2;

  private SmallModel() {}

  private static Codebook codebook(String version, String digest) {
    return new Codebook("lgvq-test", version, digest, 256);
  }

  /** A picture of four grey places. */
  public static Pixels pixels(int... greys) {
    byte[] rgb = new byte[3 * SIDE * SIDE];
    for (int i = 0; i < rgb.length; i++) {
      rgb[i] = (byte) greys[i / 3];
    }
    return new Pixels(SIDE, SIDE, rgb);
  }

  /** A grid of four codes. */
  public static TokenGrid grid(Codebook codebook, int... codes) {
    return new TokenGrid(codebook, SIDE, SIDE, 1, codes);
  }

  /** Each place's red value is its code. */
  public static final class PureTokenizer extends PureOperator<Pixels, Tokenized>
      implements Tokenizer {

    private final Codebook codebook;

    /** A tokenizer of the codebook. */
    public PureTokenizer() {
      this(CODEBOOK);
    }

    /** A tokenizer of a codebook. */
    public PureTokenizer(Codebook codebook) {
      super(picture -> new Tokenized(grid(codebook, reds(picture)), 0.25f));
      this.codebook = codebook;
    }

    @Override
    public Codebook codebook() {
      return codebook;
    }

    @Override
    public int width() {
      return SIDE;
    }

    @Override
    public int height() {
      return SIDE;
    }

    private static int[] reds(Pixels picture) {
      int[] reds = new int[SIDE * SIDE];
      for (int i = 0; i < reds.length; i++) {
        reds[i] = picture.rgb()[3 * i] & 0xFF;
      }
      return reds;
    }
  }

  /** Says the codes. */
  public static final class PureCaptioner extends PureOperator<TokenGrid, CaptionResult>
      implements Captioner {

    private final Codebook codebook;

    /** A captioner of the codebook. */
    public PureCaptioner() {
      this(CODEBOOK);
    }

    /** A captioner of a codebook. */
    public PureCaptioner(Codebook codebook) {
      super(
          grid ->
              new CaptionResult(
                  new CaptionResult.Scored(said(grid), -1.5f),
                  List.of(new CaptionResult.Scored("something else", -3f))));
      this.codebook = codebook;
    }

    @Override
    public Codebook codebook() {
      return codebook;
    }
  }

  /** Answers with the codes; is unsure of questions that end with a question mark twice. */
  public static final class PureAnswerer extends PureOperator<AnswerRequest, AnswerResult>
      implements Answerer {

    private final Codebook codebook;

    /** An answerer of a codebook. */
    public PureAnswerer(Codebook codebook) {
      super(
          request ->
              new AnswerResult(
                  new AnswerResult.Scored(said(request.tokens()), 0.75f),
                  !request.question().endsWith("??"),
                  List.of(new AnswerResult.Scored("no", 0.125f))));
      this.codebook = codebook;
    }

    @Override
    public Codebook codebook() {
      return codebook;
    }
  }

  /** Paints each code grey. */
  public static final class PureReconstructor extends PureOperator<TokenGrid, Pixels>
      implements Reconstructor {

    private final Codebook codebook;

    /** A reconstructor of the codebook. */
    public PureReconstructor() {
      this(CODEBOOK);
    }

    /** A reconstructor of a codebook. */
    public PureReconstructor(Codebook codebook) {
      super(grid -> pixels(grid.codes()));
      this.codebook = codebook;
    }

    @Override
    public Codebook codebook() {
      return codebook;
    }
  }

  /** What the captioner and the answerer say of a grid. */
  public static String said(TokenGrid grid) {
    return "codes " + Arrays.toString(grid.codes());
  }
}
