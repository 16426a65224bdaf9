package io.lgvq.training.run;

import io.lgvq.training.adversary.Adversary;
import io.lgvq.training.alignment.CaptionReader;
import io.lgvq.training.alignment.LanguageNetworks;
import io.lgvq.training.corpus.Corpus;
import io.lgvq.training.guidance.Guidance;
import io.lgvq.training.guidance.GuidanceSettings;
import io.lgvq.training.loop.Prefetch;
import io.lgvq.training.perception.MobileNet;
import io.lgvq.training.perception.PerceptualDistance;
import io.lgvq.training.run.GuidedData.Language;
import io.lgvq.training.teacher.Teachers;
import io.lgvq.training.text.TextEncoder;
import io.lgvq.training.tokenizer.TokenizerLearner;
import io.lgvq.training.tokenizer.TokenizerShape;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * The learner of a preset's tokenizer with all that it needs: data, guidance, adversary, and the
 * teachers behind them, which are open as long as it is.
 *
 * <p>Threading: one thread. Ownership: whoever opens it closes it, and thereby the learner.
 */
public final class TokenizerTraining implements AutoCloseable {

  private static final int LEXICON_SAMPLES = 5000;
  private static final String TRAIN = "train";
  private static final int AHEAD = 4;

  private final TokenizerLearner learner;
  private final Optional<TextEncoder> text;
  private final Optional<MobileNet> eye;

  private TokenizerTraining(
      TokenizerLearner learner, Optional<TextEncoder> text, Optional<MobileNet> eye) {
    this.learner = learner;
    this.text = text;
    this.eye = eye;
  }

  /**
   * Opens it; nothing is trained yet.
   *
   * @param teachers those that the preset needs are opened
   * @param seed of everything that is random
   */
  public static TokenizerTraining open(Preset preset, Corpus corpus, Teachers teachers, long seed) {
    Optional<TextEncoder> text = reader(preset, teachers);
    Optional<MobileNet> eye =
        preset.backbone().adversarial() ? Optional.of(teachers.eye()) : Optional.empty();
    Optional<Language> language =
        text.map(encoder -> language(preset.guidance().orElseThrow(), encoder, corpus));
    Optional<Adversary> adversary =
        eye.map(
            looking ->
                new Adversary(
                    preset.adversary().orElseThrow(), new PerceptualDistance(looking)::of, seed));
    GuidedData data = new GuidedData(corpus, preset.tokenizer(), language, seed);
    TokenizerLearner learner =
        new TokenizerLearner(
            preset.tokenizer(),
            configuration(preset, corpus, text, seed),
            seed,
            language.map(reader -> guidance(preset, reader, seed)),
            adversary,
            new Prefetch<>("tokenizer data", AHEAD, data::at));
    return new TokenizerTraining(learner, text, eye);
  }

  private static Language language(GuidanceSettings settings, TextEncoder text, Corpus corpus) {
    return new Language(
        settings, CaptionReader.of(text, captions(corpus), settings.language().captionLength()));
  }

  private static Stream<String> captions(Corpus corpus) {
    return LongStream.range(0, Math.min(LEXICON_SAMPLES, corpus.size(TRAIN)))
        .mapToObj(index -> corpus.sample(TRAIN, index).captions())
        .flatMap(List::stream);
  }

  private static Guidance guidance(Preset preset, Language reader, long seed) {
    TokenizerShape shape = preset.tokenizer().shape();
    return new Guidance(
        reader.settings(),
        new LanguageNetworks(
            reader.settings().language(),
            reader.text().lexicon(),
            shape.grid(),
            shape.grid(),
            shape.dimension()),
        preset.tokenizer().optimizer(),
        seed);
  }

  /** Opens the text encoder that a preset's guidance asks for; the caller closes it. */
  private static Optional<TextEncoder> reader(Preset preset, Teachers teachers) {
    return preset.guidance().map(settings -> teachers.text());
  }

  /**
   * The {@link TokenizerLearner#configuration()} without a learner.
   *
   * @param teachers the text encoder is opened and closed, if the preset is guided
   */
  static String configuration(Preset preset, Corpus corpus, Teachers teachers, long seed) {
    Optional<TextEncoder> text = reader(preset, teachers);
    try {
      return configuration(preset, corpus, text, seed);
    } finally {
      text.ifPresent(TextEncoder::close);
    }
  }

  private static String configuration(
      Preset preset, Corpus corpus, Optional<TextEncoder> text, long seed) {
    return "%s, %s, %s, %s, %s, seed %d"
        .formatted(
            preset.tokenizer(),
            preset.backbone().adversarial() ? preset.adversary() : Optional.empty(),
            preset.guidance(),
            corpus.name(),
            text.map(TextEncoder::digest),
            seed);
  }

  /** The learner, which takes steps one after the other from 0. */
  public TokenizerLearner learner() {
    return learner;
  }

  @Override
  public void close() {
    learner.close();
    text.ifPresent(TextEncoder::close);
    eye.ifPresent(MobileNet::close);
  }
}
