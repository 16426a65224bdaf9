package io.lgvq.topology.rig;

import io.lgvq.operators.answer.Answerer;
import io.lgvq.operators.caption.Captioner;
import io.lgvq.operators.codebook.Codebook;
import io.lgvq.operators.image.Fit;
import io.lgvq.operators.reconstruct.Reconstructor;
import io.lgvq.operators.rollout.LoadedBundle;
import io.lgvq.operators.rollout.PictureTokenizer;
import io.lgvq.topology.rig.SmallModel.PureAnswerer;
import io.lgvq.topology.rig.SmallModel.PureCaptioner;
import io.lgvq.topology.rig.SmallModel.PureReconstructor;
import io.lgvq.topology.rig.SmallModel.PureTokenizer;
import java.util.Map;

/** A loaded bundle of pure functions, whose heads refuse the tokens of every other codebook. */
public final class SmallBundle {

  /** Its tokenizer, which remembers its batches. */
  public final PureTokenizer tokenizer;

  private final PureCaptioner captioner;
  private final PureAnswerer answerer;
  private final PureReconstructor reconstructor;
  private final Codebook codebook;
  private final Fit fit;

  /** A bundle of a codebook. */
  public SmallBundle(Codebook codebook) {
    this(codebook, Fit.CROP);
  }

  /** A bundle of a codebook, whose pictures are drawn in a way of their own. */
  public SmallBundle(Codebook codebook, Fit fit) {
    this.codebook = codebook;
    this.fit = fit;
    tokenizer = new PureTokenizer(codebook);
    captioner = new PureCaptioner(codebook);
    captioner.refuse(grid -> !grid.codebook().digest().equals(codebook.digest()));
    answerer = new PureAnswerer(codebook);
    answerer.refuse(request -> !request.tokens().codebook().digest().equals(codebook.digest()));
    reconstructor = new PureReconstructor(codebook);
    reconstructor.refuse(grid -> !grid.codebook().digest().equals(codebook.digest()));
  }

  /** The bundle, loaded. */
  public LoadedBundle loaded() {
    return new LoadedBundle(
        codebook,
        "test",
        Map.of(
            PictureTokenizer.class,
            new PictureTokenizer(new GreyDecoder(), tokenizer, fit),
            Captioner.class,
            captioner,
            Answerer.class,
            answerer,
            Reconstructor.class,
            reconstructor));
  }
}
