package io.lgvq.training.evaluate;

import io.lgvq.operators.codebook.TokenGrid;
import io.lgvq.operators.complete.CompleteRequest;
import io.lgvq.operators.complete.CompleteResult;
import io.lgvq.operators.complete.Completer;
import io.lgvq.operators.complete.Holes;
import io.lgvq.operators.image.Pixels;
import io.lgvq.operators.reconstruct.Reconstructor;
import io.lgvq.training.perception.MobileNet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;

/**
 * Images whose middle, half of each side, is missing and made up (LG-VQ, table 10): how the
 * completed pictures look as a set, and how close the made-up part is to what was there, beside the
 * reconstruction that saw it and beside the mean colour of what surrounds the hole.
 *
 * <p>Threading: one thread. Borrows the operators.
 */
final class CompleteMeasure {

  private final Completer completer;
  private final Reconstructor reconstructor;
  private final MadePictures pictures;
  private final ReconstructionMeasure hole = new ReconstructionMeasure();
  private final ReconstructionMeasure seen = new ReconstructionMeasure();
  private final ReconstructionMeasure flat = new ReconstructionMeasure();
  private int images;

  CompleteMeasure(Completer completer, Served served, Optional<MobileNet> eye) {
    this.completer = completer;
    this.reconstructor = served.reconstructor();
    this.pictures = new MadePictures(eye);
  }

  /** Completes some more images, the likeliest codes each time. */
  void add(List<Outcome> outcomes) {
    List<CompleteRequest> requests =
        outcomes.stream()
            .map(outcome -> outcome.grid())
            .map(grid -> new CompleteRequest(grid, middle(grid), OptionalLong.empty()))
            .toList();
    List<TokenGrid> codes = completer.apply(requests).stream().map(CompleteResult::tokens).toList();
    List<Pixels> completed = reconstructor.apply(codes);
    pictures.add(outcomes, completed);
    for (int i = 0; i < outcomes.size(); i++) {
      MiddlePart original = new MiddlePart(outcomes.get(i).sample().pixels());
      hole.add(original.psnr(completed.get(i)));
      seen.add(original.psnr(outcomes.get(i).reconstruction()));
      flat.add(original.psnrOfSurroundings());
    }
    images += outcomes.size();
  }

  /** The places of the middle, half of each side. */
  static Holes middle(TokenGrid grid) {
    return Holes.of(
        grid.codes().length,
        IntStream.range(0, grid.codes().length)
            .filter(
                code -> {
                  int place = code / grid.depth();
                  return within(place / grid.width(), grid.height())
                      && within(place % grid.width(), grid.width());
                }));
  }

  /** Whether an index lies in the middle half of a length. */
  static boolean within(int index, int length) {
    return 4 * index >= length && 4 * index < 3 * length;
  }

  Report.Completed result() {
    return new Report.Completed(
        images,
        pictures.frechet(),
        pictures.ofReconstructions(),
        hole.estimate(),
        seen.estimate(),
        flat.estimate());
  }
}
