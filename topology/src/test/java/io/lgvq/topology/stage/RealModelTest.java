package io.lgvq.topology.stage;

import static io.lgvq.topology.rig.Events.image;
import static io.lgvq.topology.rig.Events.question;
import static io.lgvq.topology.rig.Pictures.file;
import static io.lgvq.topology.rig.StageDriver.SERDES;
import static io.lgvq.topology.rig.StageDriver.SETTINGS;
import static io.lgvq.topology.rig.StageDriver.TOPICS;
import static org.assertj.core.api.Assertions.assertThat;

import io.lgvq.operators.bundle.Bundle;
import io.lgvq.operators.caption.CaptionSearch;
import io.lgvq.operators.engine.EngineSettings;
import io.lgvq.operators.image.ImageLimits;
import io.lgvq.operators.rollout.Rollout;
import io.lgvq.operators.serve.BundleOperators;
import io.lgvq.schemas.event.AnswerStatus;
import io.lgvq.schemas.event.CodebookDrift;
import io.lgvq.schemas.event.ImageTokens;
import io.lgvq.topology.claimcheck.ClaimCheck;
import io.lgvq.topology.claimcheck.ClaimCheckSettings;
import io.lgvq.topology.config.AnswerSettings;
import io.lgvq.topology.config.DriftSettings;
import io.lgvq.topology.observe.StageListener;
import io.lgvq.topology.rig.StageDriver;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** All stages with the operators of a real bundle, one after the other. */
class RealModelTest {

  private static BundleOperators operators;

  @BeforeAll
  static void openBundle() {
    Path standard = Path.of(System.getProperty("lgvq.root"), "bundles", "lgvq-small");
    Path folder = Path.of(System.getProperty("lgvq.test.bundle", standard.toString()));
    assertThat(folder).isDirectory();
    operators = BundleOperators.of(Bundle.open(folder), EngineSettings.cpu());
  }

  @Test
  void shouldMakeSameTokensAloneAndInBatches() {
    List<ImageTokens> together = tokens(5, false);
    List<ImageTokens> alone = tokens(5, true);

    assertThat(together).hasSize(5);
    assertThat(alone).extracting(ImageTokens::getCodes).isEqualTo(codes(together));
    var grid = operators.bundle().manifest().grid();
    assertThat(together)
        .allSatisfy(
            tokens -> {
              assertThat(tokens.getCodes()).hasSize(grid.height() * grid.width() * grid.depth());
              assertThat(tokens.getCodebook().getDigest())
                  .isEqualTo(operators.bundle().codebook().digest());
              assertThat(tokens.getQuantizationError()).isNotNegative();
            });
  }

  @Test
  void shouldCaptionRealTokens() {
    try (var captioner = operators.captioner(CaptionSearch.greedy());
        var driver =
            new StageDriver(new CaptionStage(SETTINGS, SERDES, StageListener.none(), captioner))) {
      tokens(3, false).forEach(tokens -> see(driver, tokens));
      driver.linger();

      assertThat(driver.read(TOPICS.captions(), SERDES.captions()))
          .hasSize(3)
          .allSatisfy(record -> assertThat(record.value().getLogProbability()).isNotPositive());
      assertThat(driver.deadLetters()).isEmpty();
    }
  }

  @Test
  void shouldAnswerFromRealTokens() {
    try (var answerer = operators.answerer(2);
        var driver =
            new StageDriver(
                new AnswerStage(
                    SETTINGS, AnswerSettings.standard(), SERDES, StageListener.none(), answerer))) {
      tokens(1, false).forEach(tokens -> see(driver, tokens));
      var question = question("q", "image-0", "what colour is it?");
      driver.send(TOPICS.questions(), "image-0", question, SERDES.questions());
      driver.linger();

      var answers = driver.read(TOPICS.answers(), SERDES.answers());
      assertThat(answers).hasSize(1);
      assertThat(answers.get(0).value().getStatus())
          .isIn(AnswerStatus.ANSWERED, AnswerStatus.UNSURE);
      assertThat(answers.get(0).value().getText()).isNotEmpty();
    }
  }

  @Test
  void shouldReconstructPicturesFromRealTokens() {
    try (var reconstructor = operators.reconstructor();
        var driver =
            new StageDriver(
                new ReconstructStage(SETTINGS, SERDES, StageListener.none(), reconstructor))) {
      tokens(2, false).forEach(tokens -> see(driver, tokens));
      driver.linger();

      var shape = operators.bundle().manifest().image();
      assertThat(driver.read(TOPICS.reconstructions(), SERDES.reconstructions()))
          .hasSize(2)
          .allSatisfy(
              record -> {
                BufferedImage picture = picture(record.value().getData());
                assertThat(List.of(picture.getWidth(), picture.getHeight()))
                    .containsExactly(shape.width(), shape.height());
              });
    }
  }

  @Test
  void shouldRefuseGridThatTheModelDoesNotTakeAndCaptionTheOthers() {
    try (var captioner = operators.captioner(CaptionSearch.greedy());
        var driver =
            new StageDriver(new CaptionStage(SETTINGS, SERDES, StageListener.none(), captioner))) {
      List<ImageTokens> tokens = tokens(3, false);
      tokens.get(1).setHeight(1);
      tokens.get(1).setWidth(1);
      tokens.get(1).setCodes(List.of(0));
      tokens.forEach(each -> see(driver, each));
      driver.linger();

      assertThat(driver.read(TOPICS.captions(), SERDES.captions()))
          .extracting(TestRecord::key)
          .containsExactly("image-0", "image-2");
      assertThat(driver.deadReasons()).containsExactly("tokens-invalid");
    }
  }

  @Test
  void shouldTellSamplesAtNightFromSamplesByDay() throws IOException {
    List<byte[]> day = samples(rgb -> rgb);
    List<byte[]> night = samples(rgb -> rgb >> 3 & 0x1F1F1F);

    CodebookDrift ordinary = drift(tokens(day, false));
    CodebookDrift changed = drift(tokens(night, false));

    assertThat(ordinary.getImages()).isEqualTo(day.size());
    assertThat(ordinary.getDivergence()).isBetween(-0.03, 0.03);
    assertThat(ordinary.getQuantizationErrorShift()).isBetween(-0.3, 0.3);
    assertThat(ordinary.getPerplexity() / ordinary.getExpectedPerplexity()).isBetween(0.9, 1.1);
    assertThat(changed.getDivergence()).isGreaterThan(0.5);
    assertThat(changed.getQuantizationErrorShift()).isLessThan(-1);
    assertThat(changed.getPerplexity() / changed.getExpectedPerplexity()).isLessThan(0.1);
  }

  private static CodebookDrift drift(List<ImageTokens> tokens) {
    var bundle = operators.bundle();
    var settings = new DriftSettings(Duration.ofSeconds(1), tokens.size(), 0.5);
    var stage =
        new DriftStage(
            SETTINGS,
            settings,
            SERDES,
            StageListener.none(),
            Rollout.watching(bundle.codebook(), bundle.reference().orElseThrow()));
    try (var driver = new StageDriver(stage)) {
      tokens.forEach(each -> see(driver, each));
      driver.pass(Duration.ofSeconds(1));
      return driver.read(TOPICS.drift(), SERDES.drift()).get(0).value();
    }
  }

  /** The scenes of the demo, each pixel changed, as PNG. */
  private static List<byte[]> samples(IntUnaryOperator change) throws IOException {
    List<byte[]> pictures = new ArrayList<>();
    Path folder = Path.of(System.getProperty("lgvq.root"), "samples");
    try (var scenes = Files.newDirectoryStream(folder, "scene-*.jpg")) {
      for (Path scene : scenes) {
        BufferedImage picture = ImageIO.read(scene.toFile());
        for (int i = 0; i < picture.getWidth() * picture.getHeight(); i++) {
          int x = i % picture.getWidth();
          int y = i / picture.getWidth();
          picture.setRGB(x, y, change.applyAsInt(picture.getRGB(x, y)));
        }
        var png = new ByteArrayOutputStream();
        ImageIO.write(picture, "png", png);
        pictures.add(png.toByteArray());
      }
    }
    return pictures;
  }

  /** The tokens of so many pictures, in one batch or each in its own. */
  private static List<ImageTokens> tokens(int count, boolean alone) {
    return tokens(IntStream.range(0, count).mapToObj(i -> file("jpg", i)).toList(), alone);
  }

  private static List<ImageTokens> tokens(List<byte[]> pictures, boolean alone) {
    List<ImageTokens> tokens = new ArrayList<>();
    try (var tokenizer = operators.tokenizer();
        var decoder = operators.decoder(ImageLimits.standard());
        var driver =
            new StageDriver(
                new TokenizeStage(
                    SETTINGS,
                    SERDES,
                    StageListener.none(),
                    new ClaimCheck(ClaimCheckSettings.off()),
                    decoder,
                    tokenizer))) {
      for (int i = 0; i < pictures.size(); i++) {
        String id = "image-" + i;
        driver.send(TOPICS.images(), id, image(id, pictures.get(i)), SERDES.images());
        if (alone) {
          driver.linger();
        }
      }
      driver.linger();
      driver.read(TOPICS.tokens(), SERDES.tokens()).forEach(record -> tokens.add(record.value()));
    }
    return tokens;
  }

  private static List<List<Integer>> codes(List<ImageTokens> tokens) {
    return tokens.stream().map(ImageTokens::getCodes).toList();
  }

  private static void see(StageDriver driver, ImageTokens tokens) {
    driver.send(TOPICS.tokens(), tokens.getImageId(), tokens, SERDES.tokens());
  }

  private static BufferedImage picture(ByteBuffer png) throws IOException {
    byte[] bytes = new byte[png.remaining()];
    png.get(bytes);
    return ImageIO.read(new ByteArrayInputStream(bytes));
  }
}
