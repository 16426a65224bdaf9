package io.lgvq.training.evaluate;

import io.lgvq.operators.caption.Captioner;
import io.lgvq.operators.codebook.TokenGrid;
import io.lgvq.operators.paint.PaintRequest;
import io.lgvq.operators.paint.PaintResult;
import io.lgvq.operators.paint.Painter;
import io.lgvq.operators.reconstruct.Reconstructor;
import io.lgvq.operators.text.Vocabulary;
import io.lgvq.training.corpus.Sample;
import io.lgvq.training.perception.MobileNet;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Pictures painted from the longest caption of each image (LG-VQ, table 5): how they look as a set,
 * and whether the bundle's own caption head finds in them what the caption said.
 *
 * <p>Threading: one thread. Borrows the operators.
 */
final class PaintMeasure {

  private final Painter painter;
  private final Reconstructor reconstructor;
  private final Optional<Captioner> captioner;
  private final MadePictures pictures;
  private final CaptionMeasure captions = new CaptionMeasure();
  private int images;

  PaintMeasure(Painter painter, Served served, Optional<MobileNet> eye) {
    this.painter = painter;
    this.reconstructor = served.reconstructor();
    this.captioner = served.captioner();
    this.pictures = new MadePictures(eye);
  }

  /** Paints for some more images; the number of an image is its seed. */
  void add(List<Outcome> outcomes) {
    List<PaintRequest> requests =
        outcomes.stream()
            .map(outcome -> new PaintRequest(longest(outcome.sample()), outcome.index()))
            .toList();
    List<TokenGrid> painted = painter.apply(requests).stream().map(PaintResult::tokens).toList();
    pictures.add(outcomes, reconstructor.apply(painted));
    captioner.ifPresent(
        head -> {
          var said = head.apply(painted);
          IntStream.range(0, said.size())
              .forEach(i -> captions.add(outcomes.get(i).sample(), said.get(i).best().text()));
        });
    images += outcomes.size();
  }

  private static String longest(Sample sample) {
    return sample.captions().stream()
        .max(Comparator.comparingInt(caption -> Vocabulary.split(caption).size()))
        .orElseThrow();
  }

  Report.Painted result() {
    return new Report.Painted(
        images,
        pictures.frechet(),
        pictures.ofReconstructions(),
        captioner.flatMap(head -> captions.result().named()));
  }
}
