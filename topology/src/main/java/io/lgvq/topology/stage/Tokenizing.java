package io.lgvq.topology.stage;

import io.lgvq.operators.OperatorException;
import io.lgvq.operators.codebook.TokenGrid;
import io.lgvq.operators.image.Decoded;
import io.lgvq.operators.image.Pixels;
import io.lgvq.operators.rollout.Lease;
import io.lgvq.operators.rollout.Lease.Comparison;
import io.lgvq.operators.rollout.LoadedBundle;
import io.lgvq.operators.rollout.PictureTokenizer;
import io.lgvq.operators.rollout.Rollout;
import io.lgvq.operators.tokenize.Tokenized;
import io.lgvq.schemas.event.CodebookReference;
import io.lgvq.schemas.event.ImageBytes;
import io.lgvq.schemas.event.ImageEvent;
import io.lgvq.schemas.event.ImageReference;
import io.lgvq.schemas.event.ImageTokens;
import io.lgvq.topology.arrival.Arrival;
import io.lgvq.topology.batch.BatchJob;
import io.lgvq.topology.batch.RefusedException;
import io.lgvq.topology.claimcheck.ClaimCheck;
import io.lgvq.topology.deadletter.DeadLetterReason;
import io.lgvq.topology.deadletter.Verdict;
import io.lgvq.topology.deadletter.Verdict.Accepted;
import io.lgvq.topology.deadletter.Verdict.Rejected;
import io.lgvq.topology.event.EventReader;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * Images to tokens. An image is decoded when it is read, before it enters a batch; once more if the
 * bundle that then publishes it takes pictures of another size.
 */
final class Tokenizing implements BatchJob<Tokenizing.Image, ImageTokens> {

  /**
   * One decoded image, and what its tokens copy of its event.
   *
   * @param arrival the record, which the stage keeps anyway
   * @param eyes that it was decoded for
   */
  record Image(
      String id,
      Optional<Instant> capturedAt,
      Arrival arrival,
      PictureTokenizer eyes,
      Pixels pixels) {}

  private final EventReader<ImageEvent> reader;
  private final ClaimCheck claimCheck;
  private final Rollout rollout;

  Tokenizing(EventReader<ImageEvent> reader, ClaimCheck claimCheck, Rollout rollout) {
    this.reader = reader;
    this.claimCheck = claimCheck;
    this.rollout = rollout;
  }

  @Override
  public Verdict<Image> read(Arrival arrival) {
    try (Lease lease = rollout.lease()) {
      return read(arrival, id -> eyes(lease.publishing(id)));
    }
  }

  @Override
  public List<ImageTokens> run(List<Image> images, Instant now) {
    try (Lease lease = rollout.lease()) {
      long start = System.nanoTime();
      List<Tokenized> tokens =
          ByBundle.run(images, image -> lease.publishing(image.id()), this::tokenized);
      Duration time = Duration.ofNanos(System.nanoTime() - start);
      lease.comparison().ifPresent(comparison -> compare(comparison, images, tokens, time));
      return IntStream.range(0, tokens.size())
          .mapToObj(i -> event(images.get(i), tokens.get(i), now))
          .toList();
    }
  }

  @Override
  public DeadLetterReason refusal() {
    return DeadLetterReason.IMAGE_REFUSED;
  }

  private List<Tokenized> tokenized(LoadedBundle bundle, List<Image> images) {
    PictureTokenizer eyes = eyes(bundle);
    return eyes.tokenizer().apply(images.stream().map(image -> pixels(image, eyes)).toList());
  }

  /** What goes wrong here costs the comparison a batch, and the images nothing. */
  private void compare(
      Comparison comparison, List<Image> images, List<Tokenized> published, Duration time) {
    try {
      PictureTokenizer eyes = eyes(comparison.beside());
      List<Pixels> pictures = images.stream().map(image -> pixels(image, eyes)).toList();
      long start = System.nanoTime();
      List<Tokenized> beside = eyes.tokenizer().apply(pictures);
      comparison
          .shadow()
          .compare(published, time, beside, Duration.ofNanos(System.nanoTime() - start));
    } catch (OperatorException | IllegalArgumentException e) {
      comparison.shadow().failed(e);
    }
  }

  private Pixels pixels(Image image, PictureTokenizer eyes) {
    if (eyes.draws(image.eyes())) {
      return image.pixels();
    }
    Verdict<Image> again = read(image.arrival(), id -> eyes);
    if (again instanceof Rejected<Image> rejected) {
      throw new RefusedException(rejected);
    }
    return ((Accepted<Image>) again).value().pixels();
  }

  private Verdict<Image> read(Arrival arrival, Function<String, PictureTokenizer> eyes) {
    return reader
        .read(arrival)
        .then(
            event ->
                encoded(event)
                    .then(
                        encoded ->
                            decoded(event, encoded, arrival, eyes.apply(event.getImageId()))));
  }

  private static PictureTokenizer eyes(LoadedBundle bundle) {
    return bundle.operator(PictureTokenizer.class);
  }

  private Verdict<byte[]> encoded(ImageEvent event) {
    if (event.getContent() instanceof ImageReference reference) {
      return claimCheck.fetch(reference);
    }
    return Verdict.accepted(bytes(((ImageBytes) event.getContent()).getData()));
  }

  private static Verdict<Image> decoded(
      ImageEvent event, byte[] encoded, Arrival arrival, PictureTokenizer eyes) {
    String mediaType = Objects.requireNonNullElse(event.getMediaType(), "");
    Decoded decoded = eyes.decoder().decode(encoded, mediaType);
    if (decoded instanceof Decoded.Rejected rejected) {
      return Verdict.rejected(DeadLetterReason.of(rejected.reason()), rejected.detail());
    }
    Pixels pixels = ((Decoded.Picture) decoded).pixels();
    var capturedAt = Optional.ofNullable(event.getCapturedAt());
    return Verdict.accepted(new Image(event.getImageId(), capturedAt, arrival, eyes, pixels));
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
