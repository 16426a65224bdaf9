package io.lgvq.training.evaluate;

import io.lgvq.operators.answer.Answerer;
import io.lgvq.operators.answer.OnnxAnswerer;
import io.lgvq.operators.bundle.Bundle;
import io.lgvq.operators.bundle.Graph;
import io.lgvq.operators.caption.CaptionSearch;
import io.lgvq.operators.caption.Captioner;
import io.lgvq.operators.caption.OnnxCaptioner;
import io.lgvq.operators.complete.Completer;
import io.lgvq.operators.complete.OnnxCompleter;
import io.lgvq.operators.engine.EngineSettings;
import io.lgvq.operators.engine.OnnxEngine;
import io.lgvq.operators.paint.OnnxPainter;
import io.lgvq.operators.paint.Painter;
import io.lgvq.operators.reconstruct.OnnxReconstructor;
import io.lgvq.operators.sampling.Sampling;
import io.lgvq.operators.tokenize.OnnxTokenizer;
import io.lgvq.training.evaluate.language.HiddenWordReader;
import io.lgvq.training.evaluate.language.LanguageProbe;
import java.util.Optional;

/** Opens all operators of a bundle on the CPU, and closes them together. */
public final class OpenBundle implements AutoCloseable {

  private final Served served;

  private OpenBundle(Served served) {
    this.served = served;
  }

  /** Opens what the bundle has. */
  public static OpenBundle of(Bundle bundle) {
    OnnxEngine engine = OnnxEngine.open(EngineSettings.cpu(), bundle.manifest().engine().batch());
    return new OpenBundle(
        new Served(
            new OnnxTokenizer(bundle, engine),
            new OnnxReconstructor(bundle, engine),
            bundle.has(Graph.CAPTION_STEP)
                ? Optional.of(new OnnxCaptioner(bundle, engine, CaptionSearch.greedy()))
                : Optional.empty(),
            bundle.has(Graph.ANSWER)
                ? Optional.of(new OnnxAnswerer(bundle, engine, 0))
                : Optional.empty(),
            LanguageProbe.in(bundle)
                ? Optional.of(new LanguageProbe(bundle, engine))
                : Optional.empty(),
            bundle.has(Graph.MASKED_WORD)
                ? Optional.of(new HiddenWordReader(bundle, engine))
                : Optional.empty(),
            bundle.has(Graph.PAINT_STEP)
                ? Optional.of(
                    new OnnxPainter(bundle, engine, Sampling.standard(), Painter.STANDARD_GUIDANCE))
                : Optional.empty(),
            bundle.has(Graph.COMPLETE)
                ? Optional.of(
                    new OnnxCompleter(
                        bundle, engine, Sampling.standard(), Completer.STANDARD_ROUNDS))
                : Optional.empty()));
  }

  /** The operators; closed with this. */
  public Served served() {
    return served;
  }

  @Override
  public void close() {
    served.completer().ifPresent(Completer::close);
    served.painter().ifPresent(Painter::close);
    served.hiddenWords().ifPresent(HiddenWordReader::close);
    served.probe().ifPresent(LanguageProbe::close);
    served.answerer().ifPresent(Answerer::close);
    served.captioner().ifPresent(Captioner::close);
    served.reconstructor().close();
    served.tokenizer().close();
  }
}
