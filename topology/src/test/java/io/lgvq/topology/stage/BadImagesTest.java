package io.lgvq.topology.stage;

import static io.lgvq.topology.rig.Events.image;
import static io.lgvq.topology.rig.Pictures.file;
import static io.lgvq.topology.rig.Pictures.pngDeclaring;
import static io.lgvq.topology.rig.Pictures.truncated;
import static io.lgvq.topology.rig.StageDriver.SERDES;
import static io.lgvq.topology.rig.StageDriver.SETTINGS;
import static io.lgvq.topology.rig.StageDriver.TOPICS;
import static io.lgvq.topology.rig.StageDriver.utf8;
import static org.assertj.core.api.Assertions.assertThat;

import io.lgvq.operators.image.Fit;
import io.lgvq.operators.image.ImageDecoder;
import io.lgvq.operators.image.ImageIoDecoder;
import io.lgvq.operators.image.ImageLimits;
import io.lgvq.schemas.event.ImageEvent;
import io.lgvq.topology.claimcheck.ClaimCheck;
import io.lgvq.topology.claimcheck.ClaimCheckSettings;
import io.lgvq.topology.observe.StageListener;
import io.lgvq.topology.rig.SmallModel;
import io.lgvq.topology.rig.SmallModel.PureTokenizer;
import io.lgvq.topology.rig.StageDriver;
import java.time.Duration;
import java.util.Arrays;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The real decoder in the real topology: a good image before and after each bad one comes through.
 */
class BadImagesTest {

  private static final int MOST_BYTES = 1 << 20;

  // No test may fail because the machine is busy.
  private final ImageDecoder decoder =
      new ImageIoDecoder(
          SmallModel.SIDE,
          SmallModel.SIDE,
          Fit.CROP,
          new ImageLimits(MOST_BYTES, 50_000_000L, 16_384, Duration.ofMinutes(1), true));
  private final StageDriver driver =
      new StageDriver(
          new TokenizeStage(
              SETTINGS,
              SERDES,
              StageListener.none(),
              new ClaimCheck(ClaimCheckSettings.off()),
              decoder,
              new PureTokenizer()));

  @BeforeEach
  void sendGoodImage() {
    send(image("before", file("jpg", 1)));
  }

  @AfterEach
  void close() {
    driver.close();
    decoder.close();
  }

  @Test
  void shouldSendTruncatedJpegToDeadLetters() {
    assertReason("image-corrupt", image("bad", truncated(file("jpg", 2))));
  }

  @Test
  void shouldSendTruncatedPngToDeadLetters() {
    assertReason("image-corrupt", image("bad", truncated(file("png", 2))));
  }

  @Test
  void shouldSendMislabelledImageToDeadLetters() {
    ImageEvent mislabelled = image("bad", file("png", 2));
    mislabelled.setMediaType("image/jpeg");

    assertReason("image-mislabelled", mislabelled);
  }

  @Test
  void shouldSendZeroByteImageToDeadLetters() {
    assertReason("image-empty", image("bad", new byte[0]));
  }

  @Test
  void shouldSendOversizeImageToDeadLetters() {
    byte[] oversize = Arrays.copyOf(file("jpg", 2), MOST_BYTES + 1);

    assertReason("image-too-many-bytes", image("bad", oversize));
  }

  @Test
  void shouldSendImageOf60000By60000PixelsToDeadLetters() {
    assertReason("image-too-many-pixels", image("bad", pngDeclaring(60_000, 60_000)));
  }

  @Test
  void shouldSendTextToDeadLetters() {
    assertReason("image-unsupported-format", image("bad", utf8("<svg></svg>")));
  }

  @Test
  void shouldReadEachFormatThatIsAllowed() {
    for (String format : new String[] {"png", "gif", "bmp"}) {
      send(image(format, file(format, 3)));
    }
    driver.linger();

    assertThat(driver.read(TOPICS.tokens(), SERDES.tokens()))
        .extracting(TestRecord::key)
        .containsExactly("before", "png", "gif", "bmp");
  }

  private void assertReason(String reason, ImageEvent bad) {
    send(bad);
    send(image("after", file("jpg", 3)));
    driver.linger();

    var letters = driver.deadLetters();
    assertThat(letters).hasSize(1);
    assertThat(StageDriver.header(letters.get(0), "lgvq.error.reason")).isEqualTo(reason);
    assertThat(letters.get(0).value())
        .isEqualTo(SERDES.images().serializer().serialize(TOPICS.images(), bad));
    assertThat(driver.read(TOPICS.tokens(), SERDES.tokens()))
        .extracting(TestRecord::key)
        .containsExactly("before", "after");
  }

  private void send(ImageEvent image) {
    driver.send(TOPICS.images(), image.getImageId(), image, SERDES.images());
  }
}
