package io.lgvq.topology.rig;

import io.lgvq.operators.codebook.Codebook;
import io.lgvq.schemas.event.CodebookReference;
import io.lgvq.schemas.event.ImageBytes;
import io.lgvq.schemas.event.ImageEvent;
import io.lgvq.schemas.event.ImageTokens;
import io.lgvq.schemas.event.Question;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;

/** Events in the words of the domain. */
public final class Events {

  /** When the pictures of the tests were taken. */
  public static final Instant CAPTURED = Instant.parse("2026-05-04T03:02:01Z");

  private Events() {}

  /** An image with its bytes. */
  public static ImageEvent image(String id, byte[] encoded) {
    return ImageEvent.newBuilder()
        .setImageId(id)
        .setContent(new ImageBytes(ByteBuffer.wrap(encoded)))
        .setCapturedAt(CAPTURED)
        .build();
  }

  /** An image of four grey places, for the {@link GreyDecoder}. */
  public static ImageEvent greys(String id, int... greys) {
    byte[] encoded = new byte[greys.length];
    for (int i = 0; i < greys.length; i++) {
      encoded[i] = (byte) greys[i];
    }
    return image(id, encoded);
  }

  /** The tokens of an image, as a 2 x 2 grid. */
  public static ImageTokens tokens(String id, Codebook codebook, Integer... codes) {
    return ImageTokens.newBuilder()
        .setImageId(id)
        .setCodebook(
            new CodebookReference(
                codebook.name(), codebook.version(), codebook.digest(), codebook.size()))
        .setHeight(SmallModel.SIDE)
        .setWidth(SmallModel.SIDE)
        .setCodes(Arrays.asList(codes))
        .setQuantizationError(0.25f)
        .setTokenizedAt(CAPTURED)
        .build();
  }

  /** A question about an image. */
  public static Question question(String questionId, String imageId, String text) {
    return new Question(questionId, imageId, text);
  }
}
