package io.lgvq.app.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * Why a request could not be served, as RFC 9457 writes it ({@code application/problem+json}).
 *
 * @param type a stable URI reference of the kind of problem
 * @param title the kind of problem in words
 * @param status the HTTP status
 * @param detail what was wrong with this very request
 * @param reason for an image that a stage refused: the dead letter's reason
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
@Schema(description = "Why a request could not be served (RFC 9457).")
public record Problem(
    @Schema(
            description = "Stable kind of problem, for programs.",
            examples = "urn:lgvq:problem:no-result")
        String type,
    @Schema(description = "The kind of problem in words.", examples = "No result (yet)")
        String title,
    @Schema(description = "The HTTP status.", examples = "404") int status,
    @Schema(description = "What was wrong with this very request.") String detail,
    @Schema(
            description = "For an image that a stage refused: the reason of its dead letter.",
            examples = "image-corrupt")
        Optional<String> reason) {

  /** The media type of problems. */
  public static final String MEDIA_TYPE = "application/problem+json";

  /** A problem of one of the documented kinds. */
  static Problem of(Kind kind, String detail) {
    return new Problem(
        "urn:lgvq:problem:" + kind.id, kind.title, kind.status, detail, Optional.empty());
  }

  /** A problem of an image that a stage refused. */
  static Problem refused(String reason, String detail) {
    Problem plain = of(Kind.REFUSED, detail);
    return new Problem(plain.type, plain.title, plain.status, plain.detail, Optional.of(reason));
  }

  /** The kinds of problems. */
  enum Kind {
    INVALID_ID("invalid-id", "Not an id", 400),
    EMPTY_IMAGE("empty-image", "No image in the request", 400),
    INVALID_QUESTION("invalid-question", "Not a question", 400),
    NO_RESULT("no-result", "No result (yet)", 404),
    IMAGE_TOO_LARGE("image-too-large", "Image too large", 413),
    REFUSED("refused", "Refused by a stage", 422),
    INVALID_STEP("invalid-step", "Not a step of a rollout", 400),
    ADMIN_OFF("admin-off", "The admin interface is off", 403),
    ROLLOUT_REFUSED("rollout-refused", "Not now", 409),
    BUNDLE_UNUSABLE("bundle-unusable", "The bundle cannot be used", 422),
    RESULTS_OFF("results-off", "This process keeps no results", 503),
    KAFKA_UNAVAILABLE("kafka-unavailable", "Kafka took no record", 503);

    private final String id;
    private final String title;
    private final int status;

    Kind(String id, String title, int status) {
      this.id = id;
      this.title = title;
      this.status = status;
    }
  }
}
