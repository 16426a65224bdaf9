package io.lgvq.training.run;

import io.lgvq.operators.image.Pixels;
import io.lgvq.training.corpus.Corpus;
import io.lgvq.training.corpus.Sample;
import io.lgvq.training.guidance.GuidanceSettings;
import io.lgvq.training.guidance.GuidingText;
import io.lgvq.training.guidance.Lexicon;
import io.lgvq.training.text.TextEncoder;
import io.lgvq.training.tokenizer.PixelBatch;
import io.lgvq.training.tokenizer.TokenizerSettings;
import io.lgvq.training.tokenizer.TokenizerStep;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.Collectors;

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
  record Language(GuidanceSettings settings, TextEncoder text, Lexicon lexicon) {}

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

  private static GuidingText text(Language reader, List<Sample> samples, SplittableRandom random) {
    GuidanceSettings settings = reader.settings();
    List<String> captions =
        samples.subList(0, Math.min(settings.rows(), samples.size())).stream()
            .map(sample -> sample.captions().get(random.nextInt(sample.captions().size())))
            .toList();
    int[][] words = new int[captions.size()][];
    float[] whole = new float[captions.size() * reader.text().dimension()];
    List<float[]> sentences = reader.text().sentences(captions);
    for (int i = 0; i < words.length; i++) {
      int[] pieces = reader.text().tokens(captions.get(i));
      words[i] = reader.lexicon().encode(pieces, settings.captionLength());
      float[] sentence = sentences.get(i);
      System.arraycopy(sentence, 0, whole, i * sentence.length, sentence.length);
    }
    return new GuidingText(words, whole);
  }

  /** The word pieces in the captions of the first samples of the training split. */
  static Lexicon lexicon(Corpus corpus, TextEncoder text, int samples) {
    Set<Integer> pieces = new TreeSet<>();
    Set<String> seen = new TreeSet<>();
    for (long index = 0; index < Math.min(samples, corpus.size(TRAIN)); index++) {
      for (String caption : corpus.sample(TRAIN, index).captions()) {
        if (seen.add(caption)) {
          for (int piece : text.tokens(caption)) {
            pieces.add(piece);
          }
        }
      }
    }
    Set<Integer> content =
        pieces.stream().filter(text::contentWord).collect(Collectors.toCollection(TreeSet::new));
    return new Lexicon(pieces, content, piece -> text.rows(piece)[0]);
  }
}
