package io.lgvq.schemas;

import io.lgvq.schemas.event.Answer;
import io.lgvq.schemas.event.AnswerAlternative;
import io.lgvq.schemas.event.AnswerStatus;
import io.lgvq.schemas.event.Caption;
import io.lgvq.schemas.event.CaptionAlternative;
import io.lgvq.schemas.event.CodebookDrift;
import io.lgvq.schemas.event.CodebookReference;
import io.lgvq.schemas.event.ImageBytes;
import io.lgvq.schemas.event.ImageEvent;
import io.lgvq.schemas.event.ImageReference;
import io.lgvq.schemas.event.ImageTokens;
import io.lgvq.schemas.event.Question;
import io.lgvq.schemas.event.Reconstruction;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.avro.specific.SpecificRecord;

/** One plausible record of each type, with every optional field set or empty as named. */
public final class Examples {

  private static final String DIGEST = "9f86d081884c7d659a2feaa0c55ad015".repeat(2);
  private static final Instant NOON = Instant.parse("2026-11-22T12:00:00.123Z");

  private Examples() {}

  /** One of each, and both kinds of image content. */
  public static List<SpecificRecord> all() {
    return List.of(
        image(),
        referencedImage(),
        tokens(),
        caption(),
        question(),
        answer(),
        reconstruction(),
        drift());
  }

  public static ImageEvent image() {
    return ImageEvent.newBuilder()
        .setImageId("bus-1")
        .setContent(new ImageBytes(bytes(-119, 80, 78, 71, 0, 127)))
        .setMediaType("image/png")
        .setCapturedAt(NOON)
        .setSource("camera 4")
        .setAttributes(Map.of("street", "Königstraße"))
        .build();
  }

  public static ImageEvent referencedImage() {
    return ImageEvent.newBuilder()
        .setImageId("bus-2")
        .setContent(new ImageReference("https://pictures.example/bus.jpg", DIGEST, 5_000_000_000L))
        .build();
  }

  public static ImageTokens tokens() {
    return ImageTokens.newBuilder()
        .setImageId("bus-1")
        .setCodebook(new CodebookReference("lgvq-small", "1.0.0", DIGEST, 1024))
        .setHeight(16)
        .setWidth(16)
        .setCodes(IntStream.range(0, 256).map(i -> i * 37 % 1024).boxed().toList())
        .setQuantizationError(0.125f)
        .setCapturedAt(NOON)
        .setTokenizedAt(NOON.plusMillis(40))
        .build();
  }

  public static Caption caption() {
    return Caption.newBuilder()
        .setImageId("bus-1")
        .setText("a red bus left of a house")
        .setLogProbability(-1.5f)
        .setAlternatives(List.of(new CaptionAlternative("a red bus", -2.25f)))
        .setModelName("lgvq-small")
        .setModelVersion("1.0.0")
        .setCodebookDigest(DIGEST)
        .setCaptionedAt(NOON)
        .build();
  }

  public static Question question() {
    return new Question("q-1", "bus-1", "what colour is the bus?");
  }

  public static Answer answer() {
    return Answer.newBuilder()
        .setQuestionId("q-1")
        .setImageId("bus-1")
        .setQuestion("what colour is the bus?")
        .setStatus(AnswerStatus.ANSWERED)
        .setText("red")
        .setProbability(0.75f)
        .setAlternatives(List.of(new AnswerAlternative("orange", 0.125f)))
        .setModelName("lgvq-small")
        .setModelVersion("1.0.0")
        .setCodebookDigest(DIGEST)
        .setAnsweredAt(NOON)
        .build();
  }

  public static Reconstruction reconstruction() {
    return new Reconstruction(
        "bus-1", bytes(-119, 80, 78, 71), 64, 64, "lgvq-small", "1.0.0", DIGEST, NOON);
  }

  public static CodebookDrift drift() {
    return CodebookDrift.newBuilder()
        .setTopic("lgvq.tokens")
        .setPartition(3)
        .setWindowStart(NOON)
        .setWindowEnd(NOON.plusSeconds(60))
        .setImages(5_000_000_000L)
        .setUsage(0.5)
        .setPerplexity(880.25)
        .setExpectedPerplexity(890.5)
        .setQuantizationError(0.03125)
        .setQuantizationErrorShift(-0.5)
        .setRareShare(0.125)
        .setExpectedRareShare(0.0625)
        .setRareBelow(0.00048828125)
        .setDivergence(0.015625)
        .setModelName("lgvq-small")
        .setModelVersion("1.1.1")
        .setCodebookDigest(DIGEST)
        .build();
  }

  private static ByteBuffer bytes(int... values) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      bytes[i] = (byte) values[i];
    }
    return ByteBuffer.wrap(bytes);
  }
}
