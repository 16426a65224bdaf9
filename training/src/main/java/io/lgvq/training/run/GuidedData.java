package io.lgvq.training.run;

import io.lgvq.operators.image.Pixels;
import io.lgvq.training.alignment.CaptionReader;
import io.lgvq.training.alignment.CaptionText;
import io.lgvq.training.corpus.Corpus;
import io.lgvq.training.corpus.Sample;
import io.lgvq.training.guidance.GuidanceSettings;
import io.lgvq.training.loop.SampleOrder;
import io.lgvq.training.tokenizer.PixelBatch;
import io.lgvq.training.tokenizer.TokenizerSettings;
import io.lgvq.training.tokenizer.TokenizerStep;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * The tokenizer's data of each step: pictures of the training split, and of the first of them one
 * caption each, picked at random as in the paper. A pure function of the step.
 */
final class GuidedData {

  private static final String TRAIN = "train";

  private final Corpus corpus;
  private final TokenizerSettings settings;
  private final Optional<Language> language;
  private final SampleOrder order;
  private final long seed;

  /** What captions are read with. */
  record Language(GuidanceSettings settings, CaptionReader text) {}

  GuidedData(Corpus corpus, TokenizerSettings settings, Optional<Language> language, long seed) {
    this.corpus = corpus;
    this.settings = settings;
    this.language = language;
    this.order = new SampleOrder(corpus.size(TRAIN), seed);
    this.seed = seed;
  }

  /** The data of a step. */
  TokenizerStep at(long step) {
    List<Sample> samples = new ArrayList<>();
    for (int i = 0; i < settings.batch(); i++) {
      samples.add(corpus.sample(TRAIN, order.at(step * settings.batch() + i)));
    }
    List<Pixels> pictures = samples.stream().map(Sample::pixels).toList();
    SplittableRandom random = new SplittableRandom(seed * 31 + step);
    return new TokenizerStep(
        PixelBatch.of(pictures, settings.shape().imageSize()),
        language.map(reader -> text(reader, samples, random)));
  }

  private static CaptionText text(Language reader, List<Sample> samples, SplittableRandom random) {
    List<String> captions =
        samples.subList(0, Math.min(reader.settings().rows(), samples.size())).stream()
            .map(sample -> sample.captions().get(random.nextInt(sample.captions().size())))
            .toList();
    // Working out the features is most of what this thread does, and alignment alone asks for them.
    return reader.settings().weights().alignment() > 0
        ? reader.text().read(captions)
        : reader.text().readWords(captions);
  }
}
