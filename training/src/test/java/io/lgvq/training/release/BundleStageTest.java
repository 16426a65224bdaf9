package io.lgvq.training.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.lgvq.operators.bundle.Bundle;
import io.lgvq.operators.bundle.Graph;
import io.lgvq.operators.codebook.TokenGrid;
import io.lgvq.operators.complete.CompleteRequest;
import io.lgvq.operators.complete.Completer;
import io.lgvq.operators.complete.Holes;
import io.lgvq.operators.engine.EngineSettings;
import io.lgvq.operators.image.Pixels;
import io.lgvq.operators.paint.PaintRequest;
import io.lgvq.operators.paint.PaintResult;
import io.lgvq.operators.sampling.Sampling;
import io.lgvq.operators.serve.BundleOperators;
import io.lgvq.operators.tokenize.Tokenizer;
import io.lgvq.training.MadeCorpus;
import io.lgvq.training.alignment.AlignmentSettings;
import io.lgvq.training.complete.CompleteSettings;
import io.lgvq.training.corpus.Sample;
import io.lgvq.training.corpus.Sample.QuestionAnswer;
import io.lgvq.training.evaluate.BlindFigures;
import io.lgvq.training.evaluate.Evaluation;
import io.lgvq.training.evaluate.ModelCard.Provenance;
import io.lgvq.training.evaluate.OpenBundle;
import io.lgvq.training.evaluate.Report;
import io.lgvq.training.evaluate.language.LanguageResult;
import io.lgvq.training.export.TokenizerFiles;
import io.lgvq.training.head.HeadSettings;
import io.lgvq.training.loop.TrainingLoop;
import io.lgvq.training.network.Parameter;
import io.lgvq.training.network.Parameter.Initial;
import io.lgvq.training.paint.PaintSettings;
import io.lgvq.training.perception.MobileNet;
import io.lgvq.training.perception.ShippedEye;
import io.lgvq.training.probe.ProbeSettings;
import io.lgvq.training.release.BundleStage.Finished;
import io.lgvq.training.release.Release.Identity;
import io.lgvq.training.teacher.Teachers;
import io.lgvq.training.text.BagOfWords;
import io.lgvq.training.text.TextEncoder;
import io.lgvq.training.tokenizer.CodebookParameter;
import io.lgvq.training.tokenizer.TokenizerShape;
import io.lgvq.training.weights.Initialization;
import io.lgvq.training.weights.Tensor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From a corpus and a tokenizer to a measured bundle, in a world of two colours. */
class BundleStageTest {

  private static final TokenizerShape SHAPE = UntrainedBundle.tiny();
  private static final HeadSettings SETTINGS =
      new HeadSettings(256, 10, 70, 16, 2, 2, 1, 3e-3f, 5, 32, 2, 16, 0, 1, 1, 8, 8, 1, 1, 32, 30);

  private static final ProbeSettings PROBE =
      new ProbeSettings(
          256,
          120,
          16,
          4e-3f,
          10,
          60,
          new AlignmentSettings(
              5,
              3,
              new AlignmentSettings.Visual(2, 1, 1, 16, 1),
              new AlignmentSettings.Transformer(1, 16, 1),
              0.1f,
              0.1f,
              new AlignmentSettings.Mask(0.4f, 0.2f, 0.1f, 0.7f)));

  @TempDir Path folder;

  @Test
  void shouldLeaveMeasuredBundleWithItsCard() throws Exception {
    Report report = run();
    Path bundle = folder.resolve("bundle");
    assertThat(Bundle.verify(bundle)).isEmpty();
    assertThat(Bundle.verify(folder.resolve("question-only"))).isEmpty();

    assertThat(report.slices().get("test").frechet()).isPresent();
    assertThat(Files.readString(folder.resolve("report.json")))
        .containsPattern("\"frechet\" : \\d+\\.\\d+,");

    Report.Answers answers = report.slices().get("test").answers().orElseThrow();
    assertThat(answers.weighted().value()).isGreaterThan(0.9);
    assertThat(answers.questionOnly().orElseThrow().value()).isLessThan(0.75);
    assertThat(answers.wups90().own().value()).isGreaterThanOrEqualTo(answers.weighted().value());
    Report.CaptionScores captions = report.slices().get("test").captions().orElseThrow().own();
    assertThat(captions.named().orElseThrow().value()).isGreaterThan(0.9);

    Bundle opened = Bundle.open(bundle);
    assertThat(opened.manifest().metrics()).containsKeys("measuredBy", "slices");
    assertThat(opened.manifest().files()).containsKey("codebook.png");
    assertThat(ImageIO.read(bundle.resolve("codebook.png").toFile()).getWidth())
        .isEqualTo(8 * 34 - 2); // 64 tiles of 32 pixels with gaps of 2
    assertThat(Files.readString(bundle.resolve("MODEL_CARD.md")))
        .contains("train --toy", "seed 5", "made by the test", "| test ", "majority");
  }

  @Test
  void shouldSetTheBlindFiguresOfTheTrainingBesideTheSameImagesAlone() throws Exception {
    Report first = run();
    Bundle bundle = Bundle.open(folder.resolve("bundle"));
    BlindFigures blind = BlindFigures.of(bundle.manifest());

    Report again = measuredAgain(bundle, Optional.empty(), 40);
    assertThat(answers(again).questionOnly()).isEmpty();
    Report.Answers shown = answers(blind.in(again));
    Report.Answers measured = answers(first);
    assertThat(shown.questionOnly().orElseThrow().value())
        .isCloseTo(measured.questionOnly().orElseThrow().value(), within(1e-4));
    assertThat(shown.types().get("object").questionOnly().orElseThrow())
        .isCloseTo(measured.types().get("object").questionOnly().orElseThrow(), within(1e-4));
    assertThat(shown.wups0().questionOnly()).isPresent();
    assertThat(shown.weighted()).isEqualTo(answers(again).weighted());

    Report others = measuredAgain(bundle, Optional.empty(), 20);
    assertThat(blind.in(others)).isEqualTo(others);
    assertThat(blind.in(first)).isEqualTo(first);
  }

  private static Report measuredAgain(Bundle bundle, Optional<TextEncoder> text, int limit) {
    try (OpenBundle open = OpenBundle.of(bundle)) {
      return new Evaluation(
              new TwoColours(), open.served(), Optional.empty(), text, Optional.empty(), limit, 0)
          .run(done -> {});
    }
  }

  private static LanguageResult language(Report report) {
    return report.slices().get("test").language().orElseThrow();
  }

  private static Report.Answers answers(Report report) {
    return report.slices().get("test").answers().orElseThrow();
  }

  @Test
  void shouldGoOnFromCheckpointsToTheSameBundle() throws Exception {
    run();
    Map<String, String> first = Bundle.open(folder.resolve("bundle")).manifest().files();
    run();
    assertThat(Bundle.open(folder.resolve("bundle")).manifest().files()).isEqualTo(first);
  }

  @Test
  void shouldReleaseTokenizerWithoutHeads() throws Exception {
    BundleStage stage =
        new BundleStage(identity(), Optional.empty(), new Words(), 5, folder, 20, true);
    Report report = stage.run(new TwoColours(), tokenizer(), loop(), this::provenance);
    Bundle bundle = Bundle.open(folder.resolve("bundle"));
    assertThat(bundle.has(Graph.ENCODER)).isTrue();
    assertThat(bundle.has(Graph.ANSWER)).isFalse();
    assertThat(report.slices().get("test").answers()).isEmpty();
  }

  @Test
  void shouldMatchTextsWithImagesThroughTheBundlesGraphs() throws Exception {
    BundleStage stage =
        new BundleStage(
            identity(),
            Optional.of(
                new HeadPlan(
                    SETTINGS, false, Optional.empty(), Optional.empty(), Optional.of(PROBE))),
            new Words(),
            5,
            folder,
            40,
            true);
    Report report = stage.run(new TwoColours(), tokenizer(), loop(), this::provenance);

    LanguageResult language = language(report);
    assertThat(language.imageToText().among()).isEqualTo(40);
    assertThat(language.imageToText().first().value()).isGreaterThan(0.9);
    assertThat(language.textToImage().ten().value()).isGreaterThan(0.4);
    assertThat(language.hiddenWord().value()).isGreaterThan(0.9);
    assertThat(language.hiddenWordBlind().orElseThrow().value()).isLessThan(0.75);
    assertThat(language.likeness().value()).isLessThan(1);

    Bundle bundle = Bundle.open(folder.resolve("bundle"));
    try (TextEncoder text = new Words().text()) {
      Report again = measuredAgain(bundle, Optional.of(text), 40);
      assertThat(language(again).hiddenWordBlind()).isEmpty();
      LanguageResult shown = language(BlindFigures.of(bundle.manifest()).in(again));
      assertThat(shown.hiddenWordBlind().orElseThrow().value())
          .isCloseTo(language.hiddenWordBlind().orElseThrow().value(), within(1e-4));
      assertThat(shown.hiddenWordsBlind().orElseThrow().value())
          .isCloseTo(language.hiddenWordsBlind().orElseThrow().value(), within(1e-4));
      assertThat(shown.hiddenWord()).isEqualTo(language(again).hiddenWord());
    }
    assertThat(bundle.language().encoder()).isEqualTo("bag of words");
    assertThat(bundle.wordPieces()).containsExactly("and", "coal", "snow");
    BundleOperators.of(bundle, EngineSettings.cpu()).verify();
    assertThat(Files.readString(folder.resolve("bundle/MODEL_CARD.md"))).contains("text to image");
  }

  @Test
  void shouldPaintWhatTheTextSaysAndFillWhatIsMissing() throws Exception {
    PaintSettings paint = new PaintSettings(250, 30, 0.5f, 16, 3e-3f, 10, 0.1f, 32, 2, 2);
    CompleteSettings complete = new CompleteSettings(120, 16, 3e-3f, 10, 32, 2, 1, 1);
    HeadPlan plan =
        new HeadPlan(SETTINGS, false, Optional.of(paint), Optional.of(complete), Optional.empty());
    new BundleStage(identity(), Optional.of(plan), new Words(), 5, folder, 20, true)
        .run(new TwoColours(), tokenizer(), loop(), this::provenance);

    Bundle bundle = Bundle.open(folder.resolve("bundle"));
    assertThat(bundle.has(Graph.ANSWER)).isFalse();
    assertThat(bundle.manifest().metrics()).containsKeys("paint", "complete");
    BundleOperators operators = BundleOperators.of(bundle, EngineSettings.cpu());
    try (var painter = operators.painter(Sampling.standard(), 2);
        var tokenizer = operators.tokenizer();
        var completer = operators.completer(Sampling.standard(), 4)) {
      double[] leaning = leaning(tokenizer);
      int[] real = codes(tokenizer, 0, 500);
      double coal = mean(leaning, real, BundleStageTest::left);
      double snow = mean(leaning, real, place -> !left(place));
      assertThat(coal - snow).as("what tells coal from snow").isGreaterThan(1);

      List<PaintResult> painted =
          painter.apply(
              List.of(new PaintRequest("coal and snow", 3), new PaintRequest("snow and coal", 3)));
      int[] coalFirst = painted.get(0).tokens().codes();
      int[] snowFirst = painted.get(1).tokens().codes();
      assertThat(mean(leaning, coalFirst, BundleStageTest::left)).isGreaterThan(coal / 2);
      assertThat(mean(leaning, coalFirst, place -> !left(place))).isLessThan(snow / 2);
      assertThat(mean(leaning, snowFirst, BundleStageTest::left)).isLessThan(snow / 2);
      assertThat(mean(leaning, snowFirst, place -> !left(place))).isGreaterThan(coal / 2);

      Holes holes = Holes.of(64, IntStream.range(16, 48));
      int[] whole = completed(completer, real, holes);
      assertThat(mean(leaning, whole, place -> holes.at(place) && left(place)))
          .isGreaterThan(coal / 2);
      assertThat(mean(leaning, whole, place -> holes.at(place) && !left(place)))
          .isLessThan(snow / 2);
    }
  }

  private static boolean left(int place) {
    return place % 8 < 4;
  }

  private static int[] completed(Completer completer, int[] codes, Holes holes) {
    TokenGrid grid = new TokenGrid(completer.codebook(), 8, 8, 1, codes);
    CompleteRequest request = new CompleteRequest(grid, holes, OptionalLong.empty());
    return completer.apply(List.of(request)).get(0).tokens().codes();
  }

  /** How much likelier each code is in coal than in snow, in nats, where both are in a picture. */
  private static double[] leaning(Tokenizer tokenizer) {
    double[][] counts = new double[2][SHAPE.codes()];
    Arrays.stream(counts).forEach(each -> Arrays.fill(each, 1));
    for (int first = 0; first < 2; first++) {
      for (int picture = 0; picture < 40; picture++) {
        int[] codes = codes(tokenizer, first, picture);
        for (int place = 0; place < codes.length; place++) {
          counts[left(place) ? first : 1 - first][codes[place]]++;
        }
      }
    }
    double[] leaning = new double[SHAPE.codes()];
    Arrays.setAll(leaning, code -> Math.log(counts[0][code] / counts[1][code]));
    return leaning;
  }

  /** Codes of a picture of one colour on the left and the other on the right. */
  private static int[] codes(Tokenizer tokenizer, int first, long seed) {
    Pixels picture = TwoColours.picture(first, 1 - first, seed);
    return tokenizer.apply(List.of(picture)).get(0).grid().codes();
  }

  private static double mean(double[] leaning, int[] codes, IntPredicate places) {
    return IntStream.range(0, codes.length)
        .filter(places)
        .mapToDouble(place -> leaning[codes[place]])
        .average()
        .orElseThrow();
  }

  private Report run() throws Exception {
    return new BundleStage(
            identity(), Optional.of(HeadPlan.text(SETTINGS)), new Words(), 5, folder, 40, true)
        .run(new TwoColours(), tokenizer(), loop(), this::provenance);
  }

  private TrainingLoop loop() {
    return new TrainingLoop(folder, Duration.ofMinutes(5), 5);
  }

  private Provenance provenance(Duration time) {
    return new Provenance("train --toy", 5, time, "a test", "No guidance.");
  }

  private static Identity identity() {
    return new Identity("toy", "1.0.0", "Apache-2.0", "tiny");
  }

  /**
   * An untrained tokenizer whose codes tell dark from bright all the same: its encoder is random,
   * and random features of two flat colours differ.
   */
  private static Finished tokenizer() {
    Map<String, Tensor> tensors = new HashMap<>();
    Parameter codebook = CodebookParameter.of(SHAPE);
    tensors.put(
        codebook.name(),
        Initialization.of(new Parameter(codebook.name(), codebook.shape(), Initial.FAN_IN), 3));
    TrainedOnNothing networks = new TrainedOnNothing(SHAPE, tensors);
    return new Finished(TokenizerFiles.of(SHAPE, networks::values), networks);
  }

  /** Reads the captions of {@link TwoColours}. */
  private static final class Words implements Teachers {
    @Override
    public TextEncoder text() {
      return new BagOfWords("and", "coal", "snow");
    }

    @Override
    public MobileNet eye() {
      return ShippedEye.open();
    }
  }

  /** Pictures that are dark or bright on either side. */
  private static final class TwoColours extends MadeCorpus {
    private static final List<String> NAMES = List.of("coal", "snow");

    TwoColours() {
      super("two colours", SHAPE.imageSize());
    }

    @Override
    public long size(String split) {
      return split.equals("train") ? Long.MAX_VALUE : 40;
    }

    @Override
    public Sample sample(String split, long index) {
      SplittableRandom random = new SplittableRandom(split.hashCode() * 31L + index);
      int left = random.nextInt(2);
      int right = random.nextInt(2);
      String first = NAMES.get(left);
      String second = NAMES.get(right);
      return new Sample(
          split + index,
          picture(left, right, random.nextLong()),
          List.of(first + " and " + second),
          List.of(
              new QuestionAnswer("what is on the left", first, "object"),
              new QuestionAnswer("what is on the right", second, "object")),
          left == right ? List.of(first) : List.of(first, second));
    }

    /** Dark is 0 and bright is 1. */
    static Pixels picture(int left, int right, long seed) {
      SplittableRandom random = new SplittableRandom(seed);
      int side = SHAPE.imageSize();
      byte[] rgb = new byte[3 * side * side];
      for (int i = 0; i < rgb.length; i++) {
        int colour = i / 3 % side < side / 2 ? left : right;
        rgb[i] = (byte) (colour * 200 + random.nextInt(40));
      }
      return new Pixels(side, side, rgb);
    }
  }
}
