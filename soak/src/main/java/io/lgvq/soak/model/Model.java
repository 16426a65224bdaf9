package io.lgvq.soak.model;

import io.lgvq.operators.answer.Answerer;
import io.lgvq.operators.bundle.Bundle;
import io.lgvq.operators.caption.CaptionSearch;
import io.lgvq.operators.caption.Captioner;
import io.lgvq.operators.codebook.Codebook;
import io.lgvq.operators.engine.EngineSettings;
import io.lgvq.operators.image.Fit;
import io.lgvq.operators.image.ImageDecoder;
import io.lgvq.operators.image.ImageIoDecoder;
import io.lgvq.operators.image.ImageLimits;
import io.lgvq.operators.reconstruct.Reconstructor;
import io.lgvq.operators.serve.BundleOperators;
import io.lgvq.operators.tokenize.Tokenizer;
import java.nio.file.Path;

/**
 * The operators of all four stages. Ownership: whoever opened it closes it.
 *
 * @param decoder of the pictures
 * @param tokenizer of the stage tokenize
 * @param captioner of the stage caption
 * @param answerer of the stage answer
 * @param reconstructor of the stage reconstruct
 */
public record Model(
    ImageDecoder decoder,
    Tokenizer tokenizer,
    Captioner captioner,
    Answerer answerer,
    Reconstructor reconstructor)
    implements AutoCloseable {

  /** In place of a bundle's folder: functions that cost nothing. */
  public static final String PURE = "pure";

  /**
   * Opens a model; its outputs follow from its inputs alone, so two that are opened alike agree.
   *
   * @param model the folder of a bundle, or {@link #PURE}
   * @throws io.lgvq.operators.bundle.BundleException if the folder holds no bundle that can be used
   */
  public static Model open(String model) {
    if (model.equals(PURE)) {
      return new Model(
          new ImageIoDecoder(PureModel.SIDE, PureModel.SIDE, Fit.CROP, ImageLimits.standard()),
          new PureModel.Codes(),
          new PureModel.Sentence(),
          new PureModel.Reply(),
          new PureModel.Greys());
    }
    var operators = BundleOperators.of(Bundle.open(Path.of(model)), EngineSettings.cpu());
    return new Model(
        operators.decoder(ImageLimits.standard()),
        operators.tokenizer(),
        operators.captioner(CaptionSearch.greedy()),
        operators.answerer(3),
        operators.reconstructor());
  }

  /**
   * A model with another codebook, as of the bundle that is to come after: see {@link Turned}.
   * Borrows this one's operators, and needs no closing.
   */
  public Model next() {
    Turned turned = Turned.of(codebook());
    return new Model(
        decoder,
        turned.tokenizer(tokenizer),
        turned.captioner(captioner),
        turned.answerer(answerer),
        turned.reconstructor(reconstructor));
  }

  /** Of its tokens. */
  public Codebook codebook() {
    return tokenizer.codebook();
  }

  @Override
  public void close() {
    decoder.close();
    tokenizer.close();
    captioner.close();
    answerer.close();
    reconstructor.close();
  }
}
