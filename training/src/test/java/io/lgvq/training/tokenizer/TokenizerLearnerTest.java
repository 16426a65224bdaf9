package io.lgvq.training.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lgvq.operators.image.Pixels;
import io.lgvq.training.SyntheticCorpus;
import io.lgvq.training.adversary.Adversary;
import io.lgvq.training.adversary.AdversarySettings;
import io.lgvq.training.alignment.AlignmentSettings;
import io.lgvq.training.alignment.CaptionText;
import io.lgvq.training.alignment.LanguageNetworks;
import io.lgvq.training.alignment.Lexicon;
import io.lgvq.training.array.AdamW;
import io.lgvq.training.array.Optimized;
import io.lgvq.training.guidance.Guidance;
import io.lgvq.training.guidance.GuidanceSettings;
import io.lgvq.training.guidance.GuidanceSettings.Part;
import io.lgvq.training.loop.Prefetch;
import io.lgvq.training.loop.Schedule;
import io.lgvq.training.loop.TrainingLoop;
import io.lgvq.training.tokenizer.QuantizerSettings.Rule;
import io.lgvq.training.tokenizer.TokenizerShape.Level;
import io.lgvq.training.tokenizer.TokenizerShape.Stem;
import io.lgvq.training.weights.SafeTensors;
import io.lgvq.training.weights.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class TokenizerLearnerTest {

  private static final int STEPS = 120;
  private static final int BATCH = 16;
  private static final int ROWS = 8;
  private static final int LENGTH = 12;
  private static final int TEXT_WIDTH = 24;
  private static final TokenizerShape SHAPE =
      new TokenizerShape(
          32,
          new Stem(6, 4, 1),
          List.of(new Level(16, 1, false), new Level(16, 1, false)),
          1,
          32,
          8);
  private static final TokenizerSettings SETTINGS =
      new TokenizerSettings(
          SHAPE,
          new QuantizerSettings(Rule.MOVING, 0.25f, 0.9f, 0.03f, 5),
          1,
          1,
          BATCH,
          new Schedule(2e-3f, 10, STEPS, 0.05f),
          new AdamW.Settings(0.9f, 0.99f, 1e-4f, 1));
  private static final GuidanceSettings GUIDANCE =
      new GuidanceSettings(
          ROWS,
          2e-3f,
          new AlignmentSettings(
              LENGTH,
              4,
              new AlignmentSettings.Visual(1, 0, 2, 16, 1),
              new AlignmentSettings.Transformer(2, 16, 2),
              0.1f,
              0.1f,
              new AlignmentSettings.Mask(0.4f, 0.2f, 0.1f, 0.9f)),
          new GuidanceSettings.Weights(0.2f, 0.2f, 0.1f, 10, 100));

  @TempDir Path folder;

  private final SyntheticCorpus corpus = new SyntheticCorpus(32);
  private final List<String> words = new ArrayList<>();
  private final Lexicon lexicon = lexicon();

  /** A small word table, random but always the same. */
  private Lexicon lexicon() {
    TreeSet<String> all = new TreeSet<>();
    for (int i = 0; i < 100; i++) {
      corpus.sample("train", i).captions().forEach(text -> all.addAll(List.of(text.split(" "))));
    }
    words.addAll(all);
    TreeSet<Integer> pieces = new TreeSet<>(IntStream.range(0, words.size()).boxed().toList());
    return new Lexicon(pieces, pieces, TokenizerLearnerTest::row);
  }

  private static float[] row(int piece) {
    SplittableRandom random = new SplittableRandom(piece);
    float[] row = new float[TEXT_WIDTH];
    for (int i = 0; i < row.length; i++) {
      row[i] = (float) random.nextGaussian();
    }
    return row;
  }

  private LanguageNetworks networks() {
    return new LanguageNetworks(
        GUIDANCE.language(), lexicon, SHAPE.grid(), SHAPE.grid(), SHAPE.dimension());
  }

  private TokenizerStep data(long step) {
    List<Pixels> pictures = new ArrayList<>();
    int[][] captions = new int[ROWS][];
    float[] whole = new float[ROWS * TEXT_WIDTH];
    for (int i = 0; i < BATCH; i++) {
      var sample = corpus.sample("train", step * BATCH + i);
      pictures.add(sample.pixels());
      if (i < ROWS) {
        int[] ids =
            List.of(sample.captions().get(0).split(" ")).stream()
                .mapToInt(words::indexOf)
                .toArray();
        captions[i] = lexicon.encode(ids, LENGTH);
        for (int id : ids) {
          float[] row = row(id);
          for (int j = 0; j < TEXT_WIDTH; j++) {
            whole[i * TEXT_WIDTH + j] += row[j];
          }
        }
      }
    }
    return new TokenizerStep(
        PixelBatch.of(pictures, 32), Optional.of(new CaptionText(captions, whole)));
  }

  @ParameterizedTest
  @EnumSource(Rule.class)
  void shouldReconstructUnderEveryRule(Rule rule) {
    try (TokenizerLearner learner = learner(false, settings(rule))) {
      float first = learner.step(0).get("psnr");
      Map<String, Float> last = Map.of();
      for (int step = 1; step < STEPS; step++) {
        last = learner.step(step);
      }
      assertThat(last.get("psnr")).isGreaterThan(first + 4);
      assertThat(last.containsKey("codebook")).isEqualTo(rule != Rule.MOVING);
      assertThat(last.get("usage")).isGreaterThan(rule == Rule.DESCENDING ? 0.1f : 0.6f);
    }
  }

  @Test
  void shouldReconstructAgainstAnAdversaryWhoseGradientIsAsLongAsWanted() {
    AdversarySettings rules =
        new AdversarySettings(8, 0.1f, 0.8f, 40, 8, 1, 1e-3f, new AdamW.Settings(0.5f, 0.9f, 0, 1));
    Adversary adversary =
        new Adversary(rules, (made, originals) -> made.sub(originals).abs().mean(), 5);
    try (TokenizerLearner learner = learner(false, SETTINGS, Optional.of(adversary))) {
      float first = learner.step(0).get("psnr");
      Map<String, Float> last = Map.of();
      for (int step = 1; step < STEPS; step++) {
        last = learner.step(step);
        assertThat(last.get("adversarial weight") > 0).isEqualTo(step >= 40);
      }
      assertThat(last.get("psnr")).isGreaterThan(first + 3);
      assertThat(last.get("discriminator")).isBetween(0.01f, 1.2f);
      assertThat(learner.state()).containsKey("adversary.parameter.discriminator.first.weight");
    }
  }

  @ParameterizedTest
  @EnumSource(Rule.class)
  void shouldNotKeepMoreArraysTheLongerItLearns(Rule rule) {
    AdversarySettings rules =
        new AdversarySettings(8, 0.1f, 0.8f, 1, 8, 1, 1e-3f, new AdamW.Settings(0.5f, 0.9f, 0, 1));
    Adversary adversary =
        new Adversary(rules, (made, originals) -> made.sub(originals).abs().mean(), 5);
    try (TokenizerLearner learner = learner(true, settings(rule), Optional.of(adversary))) {
      // By then every parameter has been used and has its moments.
      for (int step = 0; step < STEPS / 2; step++) {
        learner.step(step);
      }
      int alive = learner.alive();
      for (int step = STEPS / 2; step < 2 * STEPS; step++) {
        learner.step(step);
      }
      assertThat(learner.alive()).isEqualTo(alive);
    }
  }

  /** The rows of the paper's table 2 that leave a loss out. */
  private static Stream<Set<Part>> partsOfGuidance() {
    return Stream.of(
        Set.of(Part.GSA), Set.of(Part.MTP), Set.of(Part.MTP, Part.RAS), Set.of(Part.MTP, Part.GSA));
  }

  @ParameterizedTest
  @MethodSource("partsOfGuidance")
  void shouldLearnBySomeLossesOfGuidanceAlone(Set<Part> parts) {
    Guidance some = new Guidance(GUIDANCE.only(parts), networks(), SETTINGS.optimizer(), 5);
    try (TokenizerLearner learner =
        new TokenizerLearner(
            SETTINGS,
            "test",
            5,
            Optional.of(some),
            Optional.empty(),
            new Prefetch<>("data", 2, this::data))) {
      List<Map<String, Float>> reports = new ArrayList<>();
      for (int step = 0; step < 60; step++) {
        reports.add(learner.step(step));
      }
      for (Part part : Part.values()) {
        String name = List.of("alignment", "words", "relations").get(part.ordinal());
        assertThat(reports.get(30).get(name) == 0).isEqualTo(!parts.contains(part));
        assertThat(reports.get(30).get(name + " weight") == 0).isEqualTo(!parts.contains(part));
        if (part != Part.RAS && parts.contains(part)) {
          assertThat(mean(reports.subList(50, 60), name))
              .isLessThan(0.95 * mean(reports.subList(0, 10), name));
        }
      }
    }
  }

  private static double mean(List<Map<String, Float>> reports, String name) {
    return reports.stream().mapToDouble(report -> report.get(name)).average().orElseThrow();
  }

  private static TokenizerSettings settings(Rule rule) {
    return new TokenizerSettings(
        SHAPE,
        new QuantizerSettings(rule, 0.25f, 0.9f, 0.03f, 5),
        1,
        1,
        BATCH,
        SETTINGS.schedule(),
        SETTINGS.optimizer());
  }

  private TokenizerLearner learner(boolean guided) {
    return learner(guided, SETTINGS);
  }

  private TokenizerLearner learner(boolean guided, TokenizerSettings settings) {
    return learner(guided, settings, Optional.empty());
  }

  private TokenizerLearner learner(
      boolean guided, TokenizerSettings settings, Optional<Adversary> adversary) {
    Optional<Guidance> guidance =
        guided
            ? Optional.of(new Guidance(GUIDANCE, networks(), SETTINGS.optimizer(), 5))
            : Optional.empty();
    return new TokenizerLearner(
        settings, "test", 5, guidance, adversary, new Prefetch<>("data", 2, this::data));
  }

  @Test
  void shouldLearnToReconstructWithTheWholeCodebookAndToReadTheCaptionsWords() {
    try (TokenizerLearner learner = learner(true)) {
      Map<String, Float> first = learner.step(0);
      for (int step = 1; step < STEPS - 1; step++) {
        learner.step(step);
      }
      Map<String, Float> last = learner.step(STEPS - 1);
      assertThat(last.get("psnr")).isGreaterThan(first.get("psnr") + 4);
      assertThat(last.get("words")).isLessThan(0.8f * first.get("words"));
      assertThat(last.get("usage")).isGreaterThan(0.7f);
    }
  }

  @Test
  void shouldGiveTheSameModelWhetherInterruptedOrNot() throws IOException {
    assertThat(train(folder.resolve("interrupted"), 6, 13))
        .isEqualTo(train(folder.resolve("whole"), 13));
  }

  @Test
  void shouldRefuseToGoOnWithOtherSettings() throws IOException {
    train(folder, 2);
    try (TokenizerLearner other =
        new TokenizerLearner(
            SETTINGS,
            "other",
            5,
            Optional.empty(),
            Optional.empty(),
            new Prefetch<>("data", 1, this::data))) {
      TrainingLoop loop = new TrainingLoop(folder, Duration.ofHours(1), 1);
      assertThatThrownBy(() -> loop.run(other, 4))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("other settings");
    }
  }

  /** Trains in a fresh learner for each of the given ends, and gives the last state. */
  private Map<String, Tensor> train(Path where, int... ends) throws IOException {
    for (int end : ends) {
      try (TokenizerLearner learner = learner(true)) {
        new TrainingLoop(where, Duration.ofHours(1), 1).run(learner, 20, end);
      }
    }
    return SafeTensors.read(where.resolve("tokenizer.checkpoint.safetensors")).tensors();
  }

  @Test
  void shouldReconstructWithoutGuidanceFromTheParametersOfACheckpoint() throws IOException {
    Map<String, Tensor> state = train(folder, 3);
    assertThat(Optimized.parameters(state)).containsKeys("encoder.stem.weight", "codebook");
  }
}
