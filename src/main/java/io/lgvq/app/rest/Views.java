package io.lgvq.app.rest;

import io.lgvq.schemas.event.ImageTokens;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Events as JSON: the fields of the Avro records that a caller of the REST interface needs. */
final class Views {
  private Views() {}

  static byte[] bytes(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.remaining()];
    buffer.duplicate().get(bytes);
    return bytes;
  }

  /**
   * An image's codes.
   *
   * @param codes row-major, {@code height x width x depth}
   */
  @Schema(name = "Tokens", description = "An image as indices into a codebook.")
  record Tokens(
      String imageId,
      @Schema(description = "The codebook that the codes index.") Codebook codebook,
      @Schema(description = "Rows of the grid.") int height,
      @Schema(description = "Columns of the grid.") int width,
      @Schema(description = "Codes a place.") int depth,
      @Schema(description = "height x width x depth codes, row-major.") List<Integer> codes,
      @Schema(
              description =
                  "Mean squared distance between the encoder's features and their codes; high for"
                      + " pictures unlike those of the training.")
          float quantizationError,
      Optional<Instant> capturedAt,
      Instant tokenizedAt) {

    static Tokens of(ImageTokens event) {
      return new Tokens(
          event.getImageId(),
          new Codebook(
              event.getCodebook().getName(),
              event.getCodebook().getVersion(),
              event.getCodebook().getDigest(),
              event.getCodebook().getSize()),
          event.getHeight(),
          event.getWidth(),
          event.getDepth(),
          event.getCodes(),
          event.getQuantizationError(),
          Optional.ofNullable(event.getCapturedAt()),
          event.getTokenizedAt());
    }
  }

  /** Names a codebook. */
  @Schema(name = "Codebook")
  record Codebook(
      String name,
      String version,
      @Schema(description = "SHA-256 of its vectors.") String digest,
      @Schema(description = "Number of codes.") int size) {}

  /** An image's caption. */
  @Schema(name = "Caption")
  record Caption(
      String imageId,
      String text,
      @Schema(description = "Natural logarithm of its probability.") float logProbability,
      @Schema(description = "Less likely captions, best first.") List<OtherCaption> alternatives,
      @Schema(description = "Bundle that spoke, as name:version.") String model,
      Instant captionedAt) {

    static Caption of(io.lgvq.schemas.event.Caption event) {
      return new Caption(
          event.getImageId(),
          event.getText(),
          event.getLogProbability(),
          event.getAlternatives().stream()
              .map(other -> new OtherCaption(other.getText(), other.getLogProbability()))
              .toList(),
          event.getModelName() + ":" + event.getModelVersion(),
          event.getCaptionedAt());
    }
  }

  /** A less likely caption. */
  @Schema(name = "OtherCaption")
  record OtherCaption(String text, float logProbability) {}

  /** The answer to a question. */
  @Schema(name = "Answer")
  record Answer(
      String questionId,
      String imageId,
      String question,
      @Schema(
              description =
                  "ANSWERED; UNSURE: the best answer is below the bundle's threshold;"
                      + " UNKNOWN_IMAGE: the image did not come in time.")
          String status,
      @Schema(description = "The answer; empty when the image is unknown.") String text,
      @Schema(description = "0 to 1.") float probability,
      @Schema(description = "Less likely answers, best first.") List<OtherAnswer> alternatives,
      Instant answeredAt) {

    static Answer of(io.lgvq.schemas.event.Answer event) {
      return new Answer(
          event.getQuestionId(),
          event.getImageId(),
          event.getQuestion(),
          event.getStatus().name(),
          event.getText(),
          event.getProbability(),
          event.getAlternatives().stream()
              .map(other -> new OtherAnswer(other.getText(), other.getProbability()))
              .toList(),
          event.getAnsweredAt());
    }
  }

  /** A less likely answer. */
  @Schema(name = "OtherAnswer")
  record OtherAnswer(String text, float probability) {}
}
