package io.lgvq.topology.stage;

import io.lgvq.operators.codebook.TokenGrid;
import io.lgvq.operators.image.Decoded;
import io.lgvq.operators.image.ImageDecoder;
import io.lgvq.operators.image.Pixels;
import io.lgvq.operators.tokenize.Tokenized;
import io.lgvq.operators.tokenize.Tokenizer;
import io.lgvq.schemas.event.CodebookReference;
import io.lgvq.schemas.event.ImageBytes;
import io.lgvq.schemas.event.ImageEvent;
import io.lgvq.schemas.event.ImageReference;
import io.lgvq.schemas.event.ImageTokens;
import io.lgvq.topology.arrival.Arrival;
import io.lgvq.topology.batch.BatchJob;
import io.lgvq.topology.claimcheck.ClaimCheck;
import io.lgvq.topology.deadletter.DeadLetterReason;
import io.lgvq.topology.deadletter.Verdict;
import io.lgvq.topology.event.EventReader;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;

/** Images to tokens. An image is decoded when it is read, before it enters a batch. */
final class Tokenizing implements BatchJob<Tokenizing.Image, ImageTokens> {

  /** One decoded image, and what its tokens copy of its event. */
  record Image(String id, Optional<Instant> capturedAt, Pixels pixels) {}

  private final EventReader<ImageEvent> reader;
  private final ClaimCheck claimCheck;
  private final ImageDecoder decoder;
  private final Tokenizer tokenizer;

  Tokenizing(
      EventReader<ImageEvent> reader,
      ClaimCheck claimCheck,
      ImageDecoder decoder,
      Tokenizer tokenizer) {
    this.reader = reader;
    this.claimCheck = claimCheck;
    this.decoder = decoder;
    this.tokenizer = tokenizer;
  }

  @Override
  public Verdict<Image> read(Arrival arrival) {
    return reader
        .read(arrival)
        .then(event -> encoded(event).then(encoded -> decoded(event, encoded)));
  }

  @Override
  public List<ImageTokens> run(List<Image> images, Instant now) {
    List<Tokenized> tokens = tokenizer.apply(images.stream().map(Image::pixels).toList());
    return IntStream.range(0, tokens.size())
        .mapToObj(i -> event(images.get(i), tokens.get(i), now))
        .toList();
  }

  @Override
  public DeadLetterReason refusal() {
    return DeadLetterReason.IMAGE_REFUSED;
  }

  private Verdict<byte[]> encoded(ImageEvent event) {
    if (event.getContent() instanceof ImageReference reference) {
      return claimCheck.fetch(reference);
    }
    return Verdict.accepted(bytes(((ImageBytes) event.getContent()).getData()));
  }

  private Verdict<Image> decoded(ImageEvent event, byte[] encoded) {
    String mediaType = Objects.requireNonNullElse(event.getMediaType(), "");
    Decoded decoded = decoder.decode(encoded, mediaType);
    if (decoded instanceof Decoded.Rejected rejected) {
      return Verdict.rejected(DeadLetterReason.of(rejected.reason()), rejected.detail());
    }
    Pixels pixels = ((Decoded.Picture) decoded).pixels();
    var capturedAt = Optional.ofNullable(event.getCapturedAt());
    return Verdict.accepted(new Image(event.getImageId(), capturedAt, pixels));
  }

  private static ImageTokens event(Image image, Tokenized tokenized, Instant now) {
    TokenGrid grid = tokenized.grid();
    var codebook = grid.codebook();
    return ImageTokens.newBuilder()
        .setImageId(image.id())
        .setCodebook(
            new CodebookReference(
                codebook.name(), codebook.version(), codebook.digest(), codebook.size()))
        .setHeight(grid.height())
        .setWidth(grid.width())
        .setDepth(grid.depth())
        .setCodes(Arrays.stream(grid.codes()).boxed().toList())
        .setQuantizationError(tokenized.quantizationError())
        .setCapturedAt(image.capturedAt().orElse(null))
        .setTokenizedAt(now)
        .build();
  }

  private static byte[] bytes(ByteBuffer data) {
    byte[] bytes = new byte[data.remaining()];
    data.duplicate().get(bytes);
    return bytes;
  }
}
