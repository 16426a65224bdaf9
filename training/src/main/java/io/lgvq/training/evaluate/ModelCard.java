package io.lgvq.training.evaluate;

import io.lgvq.operators.bundle.BundleManifest;
import java.time.Duration;

/**
 * {@code MODEL_CARD.md}: what a bundle is for, how it was made, what it can do and what it cannot
 * (after Mitchell et al., Model Cards for Model Reporting, 2019). Stateless.
 */
public final class ModelCard {

  /** Metric of a bundle: how its tokenizer came about, in sentences, so that heads may follow. */
  public static final String TOKENIZER = "tokenizer";

  /** Metric of a bundle: the command that made it, or what is new in it. */
  public static final String MEASURED_BY = "measuredBy";

  private ModelCard() {}

  /**
   * How a bundle was made.
   *
   * @param command that makes it again
   * @param seed of the whole run
   * @param time of all training steps, however often they were interrupted
   * @param machine in words
   * @param tokenizer how the tokenizer came about, in sentences
   */
  public record Provenance(
      String command, long seed, Duration time, String machine, String tokenizer) {}

  /**
   * Writes the card.
   *
   * @param attribution of the corpus, Markdown
   */
  public static String of(
      BundleManifest manifest, Provenance provenance, Report report, String attribution) {
    return """
    # %s %s

    A discrete image tokenizer with heads that read its tokens: pictures of %d x %d pixels become
    %d codes of a codebook of %d, and caption, answers and reconstruction are made from these codes
    alone (LG-VQ, arXiv 2405.14206). Licence of the weights: %s.

    ## Made by

        %s

    Preset `%s`, seed %d, %s of training steps on %s. %s

    ## Measured

    On %s, up to %d images a split, all through the exported graphs as they are served, captions
    decoded greedily, with

        ./lgvq evaluate <bundle> --limit %d

    %s
    Intervals cover the choice of test images only: this is one training run with one seed. The
    column `question only` was measured by the training command, which alone has that head.

    `codebook.png` shows what each code looks like where all its neighbours are the same; codes that
    none of these images has are struck out.

    ## Meant for

    Trying the pipeline, measuring it, and learning how token streams behave. The heads know the
    objects, colours, places and sentences of the corpus below, and nothing else.

    ## Not meant for

    Photographs of everyday life, people, safety, or any decision about somebody. An answer is
    always one of the answer vocabulary, also where none of them is true; below a probability of
    %.2f it is marked as unsure. Captions of pictures unlike the training's are fluent and wrong.

    ## Trained on

    %s
    """
        .formatted(
            manifest.name(),
            manifest.version(),
            manifest.image().width(),
            manifest.image().height(),
            manifest.grid().codes(),
            manifest.codebook().size(),
            manifest.licence(),
            provenance.command(),
            manifest.preset(),
            provenance.seed(),
            readable(provenance.time()),
            provenance.machine(),
            provenance.tokenizer(),
            report.corpus(),
            report.limit(),
            report.limit(),
            ReportTable.of(report),
            manifest.answerThreshold(),
            attribution.strip());
  }

  private static String readable(Duration time) {
    long minutes = time.toMinutes();
    return minutes < 60
        ? "%d minutes".formatted(minutes)
        : "%d h %02d min".formatted(minutes / 60, minutes % 60);
  }
}
