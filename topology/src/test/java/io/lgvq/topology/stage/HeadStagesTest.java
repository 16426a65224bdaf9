package io.lgvq.topology.stage;

import static io.lgvq.topology.rig.Events.tokens;
import static io.lgvq.topology.rig.SmallModel.CODEBOOK;
import static io.lgvq.topology.rig.StageDriver.SENT;
import static io.lgvq.topology.rig.StageDriver.SERDES;
import static io.lgvq.topology.rig.StageDriver.SETTINGS;
import static io.lgvq.topology.rig.StageDriver.TOPICS;
import static io.lgvq.topology.rig.StageDriver.header;
import static org.assertj.core.api.Assertions.assertThat;

import io.lgvq.operators.codebook.Codebook;
import io.lgvq.schemas.event.Caption;
import io.lgvq.schemas.event.ImageTokens;
import io.lgvq.schemas.event.Reconstruction;
import io.lgvq.topology.observe.StageListener;
import io.lgvq.topology.rig.SmallModel.PureCaptioner;
import io.lgvq.topology.rig.SmallModel.PureReconstructor;
import io.lgvq.topology.rig.StageDriver;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.Test;

class HeadStagesTest {

  private final PureCaptioner captioner = new PureCaptioner();

  @Test
  void shouldWriteAllFieldsOfCaption() {
    try (var driver = captions()) {
      see(driver, tokens("bus", CODEBOOK, 1, 2, 3, 4));
      driver.linger();

      TestRecord<String, Caption> record = read(driver).get(0);
      assertThat(record.key()).isEqualTo("bus");
      assertThat(record.getRecordTime()).isEqualTo(SENT);
      assertThat(header(record, "traceparent")).isEqualTo("bus");
      Caption caption = record.value();
      assertThat(caption.getImageId()).isEqualTo("bus");
      assertThat(caption.getText()).isEqualTo("codes [1, 2, 3, 4]");
      assertThat(caption.getLogProbability()).isEqualTo(-1.5f);
      assertThat(caption.getAlternatives().get(0).getText()).isEqualTo("something else");
      assertThat(caption.getAlternatives().get(0).getLogProbability()).isEqualTo(-3f);
      assertThat(caption.getModelName()).isEqualTo("lgvq-test");
      assertThat(caption.getModelVersion()).isEqualTo("1.0.0");
      assertThat(caption.getCodebookDigest()).isEqualTo(CODEBOOK.digest());
      assertThat(caption.getCaptionedAt()).isAfter(SENT);
    }
  }

  @Test
  void shouldCaptionTokensOfSameVectorsUnderAnotherVersion() {
    var renamed = new Codebook("lgvq-test", "1.0.1", CODEBOOK.digest(), CODEBOOK.size());
    try (var driver = captions()) {
      see(driver, tokens("bus", renamed, 1, 2, 3, 4));
      driver.linger();

      assertThat(read(driver)).hasSize(1);
    }
  }

  @Test
  void shouldFailGridAloneThatTheModelRefuses() {
    captioner.refuse(grid -> grid.codes()[0] == 66);
    try (var driver = captions()) {
      see(driver, tokens("first", CODEBOOK, 1, 1, 1, 1));
      see(driver, tokens("culprit", CODEBOOK, 66, 1, 1, 1));
      driver.linger();

      assertThat(read(driver)).extracting(TestRecord::key).containsExactly("first");
      assertThat(driver.deadReasons()).containsExactly("tokens-invalid");
    }
  }

  @Test
  void shouldReconstructImagesAsPng() throws IOException {
    var stage =
        new ReconstructStage(SETTINGS, SERDES, StageListener.none(), new PureReconstructor());
    try (var driver = new StageDriver(stage)) {
      see(driver, tokens("bus", CODEBOOK, 0, 100, 200, 255));
      driver.linger();

      var reconstruction =
          driver.read(TOPICS.reconstructions(), SERDES.reconstructions()).get(0).value();
      assertThat(reconstruction.getImageId()).isEqualTo("bus");
      assertThat(reconstruction.getWidth()).isEqualTo(2);
      assertThat(reconstruction.getHeight()).isEqualTo(2);
      assertThat(reconstruction.getModelName()).isEqualTo("lgvq-test");
      assertThat(reconstruction.getModelVersion()).isEqualTo("1.0.0");
      assertThat(reconstruction.getCodebookDigest()).isEqualTo(CODEBOOK.digest());
      assertThat(reconstruction.getReconstructedAt()).isAfter(SENT);
      assertThat(greys(reconstruction)).containsExactly(0x000000, 0x646464, 0xC8C8C8, 0xFFFFFF);
    }
  }

  private static List<Integer> greys(Reconstruction reconstruction) throws IOException {
    byte[] png = new byte[reconstruction.getData().remaining()];
    reconstruction.getData().get(png);
    var picture = ImageIO.read(new ByteArrayInputStream(png));
    return IntStream.range(0, 4).mapToObj(i -> picture.getRGB(i % 2, i / 2) & 0xFFFFFF).toList();
  }

  private StageDriver captions() {
    return new StageDriver(new CaptionStage(SETTINGS, SERDES, StageListener.none(), captioner));
  }

  private static void see(StageDriver driver, ImageTokens tokens) {
    driver.send(TOPICS.tokens(), tokens.getImageId(), tokens, SERDES.tokens());
  }

  private static List<TestRecord<String, Caption>> read(StageDriver driver) {
    return driver.read(TOPICS.captions(), SERDES.captions());
  }
}
