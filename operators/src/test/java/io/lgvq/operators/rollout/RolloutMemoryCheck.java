package io.lgvq.operators.rollout;

import io.lgvq.operators.MemoryCheck;
import io.lgvq.operators.TestBundle;
import io.lgvq.operators.answer.Answerer;
import io.lgvq.operators.caption.CaptionSearch;
import io.lgvq.operators.caption.Captioner;
import io.lgvq.operators.codebook.Codebook;
import io.lgvq.operators.codebook.TokenGrid;
import io.lgvq.operators.image.ImageLimits;
import io.lgvq.operators.image.Pixels;
import io.lgvq.operators.reconstruct.Reconstructor;
import io.lgvq.operators.serve.BundleOperators;
import io.lgvq.operators.tokenize.Tokenized;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/**
 * Rolls bundles out one after the other, works with each, and prints after each rollout what the
 * process holds in memory. Run it as {@code LeakCheck}, with a fixed, touched heap.
 */
public final class RolloutMemoryCheck {

  private RolloutMemoryCheck() {}

  /**
   * @param arguments how many rollouts
   */
  public static void main(String[] arguments) throws IOException {
    List<Pixels> pictures = TestBundle.pictures(8, 1);
    try (Rollout rollout = new Rollout(loaded(0))) {
      for (int i = 1; i <= Integer.parseInt(arguments[0]); i++) {
        int number = i;
        rollout.load(identity(number), () -> loaded(number));
        work(rollout, pictures);
        rollout.switchOver();
        work(rollout, pictures);
        rollout.retire();
        System.out.println(rollout.status().inMemory() + " " + MemoryCheck.residentKiB());
      }
    }
  }

  private static void work(Rollout rollout, List<Pixels> pictures) {
    try (Lease lease = rollout.lease()) {
      LoadedBundle bundle = lease.published();
      List<TokenGrid> grids =
          bundle.operator(PictureTokenizer.class).tokenizer().apply(pictures).stream()
              .map(Tokenized::grid)
              .toList();
      bundle.operator(Captioner.class).apply(grids);
      bundle.operator(Reconstructor.class).apply(grids);
    }
  }

  private static LoadedBundle loaded(int number) {
    BundleOperators operators = TestBundle.operators();
    return new LoadedBundle(
        identity(number),
        "test",
        Map.of(
            PictureTokenizer.class,
            new PictureTokenizer(
                operators.decoder(ImageLimits.standard()),
                operators.tokenizer(),
                operators.bundle().manifest().image().fit()),
            Captioner.class,
            operators.captioner(CaptionSearch.greedy()),
            Answerer.class,
            operators.answerer(0),
            Reconstructor.class,
            operators.reconstructor()));
  }

  private static Codebook identity(int number) {
    Codebook codebook = TestBundle.operators().bundle().codebook();
    return new Codebook(codebook.name(), "v" + number, codebook.digest(), codebook.size());
  }
}
