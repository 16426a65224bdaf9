package io.lgvq.app.rest;

import io.lgvq.app.config.LgvqConfig;
import io.lgvq.app.rollout.Bundles;
import io.lgvq.operators.bundle.BundleException;
import io.lgvq.operators.engine.EngineUnavailableException;
import io.lgvq.operators.rollout.RolloutException;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Locale;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestQuery;

/**
 * Rolls a bundle out in this process, a step a request; {@code docs/rollout.md} says in which
 * order. Every reply is how far the rollout is after the step.
 */
@Path("/admin/rollout")
@Tag(
    name = "Rollout",
    description = "How a new bundle takes the place of the old one; off unless lgvq.admin.enabled")
@Produces(MediaType.APPLICATION_JSON)
@Blocking
@APIResponse(
    responseCode = "200",
    description = "How far the rollout is after the step.",
    content = @Content(schema = @Schema(implementation = RolloutView.class)))
@APIResponse(
    responseCode = "403",
    description = "The admin interface is off in this process.",
    content =
        @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
@APIResponse(
    responseCode = "409",
    description = "The step cannot be taken now; the detail says why.",
    content =
        @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
public class RolloutResource {
  private final Bundles bundles;
  private final LgvqConfig config;

  RolloutResource(Bundles bundles, LgvqConfig config) {
    this.bundles = bundles;
    this.config = config;
  }

  /** How far it is. */
  @GET
  @Operation(operationId = "getRollout", summary = "How far the rollout is")
  public RolloutView status() {
    return step(() -> {});
  }

  /** Loads a bundle beside the published one. */
  @PUT
  @Path("/bundle")
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(
      operationId = "loadBundle",
      summary = "Load a bundle beside the published one",
      description =
          "The location is a folder or zip as this process sees it. Heads read tokens of both from"
              + " now on; nothing of the new one is published.")
  @APIResponse(
      responseCode = "422",
      description = "The bundle cannot be used; the detail says why.",
      content =
          @Content(
              mediaType = Problem.MEDIA_TYPE,
              schema = @Schema(implementation = Problem.class)))
  public RolloutView load(Location given) {
    String location = Optional.ofNullable(given).map(Location::location).orElse("").strip();
    if (location.isEmpty()) {
      throw invalid("The body must be {\"location\": ...} with the folder or zip of a bundle.");
    }
    return step(() -> bundles.load(java.nio.file.Path.of(location)));
  }

  /** Says what the bundle beside does. */
  @PUT
  @Path("/mode")
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(
      operationId = "setRolloutMode",
      summary = "Let the bundle beside rest, run in shadow, or publish a share",
      description =
          "single: it reads its tokens and publishes none. shadow: it tokenizes a percentage of the"
              + " batches as well, for comparison. percentage: it publishes for that percentage of"
              + " the image ids, chosen by their hash.")
  public RolloutView mode(Mode given) {
    String mode =
        Optional.ofNullable(given).map(Mode::mode).orElse("").strip().toLowerCase(Locale.ROOT);
    double share = Optional.ofNullable(given).flatMap(Mode::percent).orElse(100.0) / 100;
    return step(
        () -> {
          switch (mode) {
            case "single" -> bundles.publishedOnly();
            case "shadow" -> bundles.shadow(share);
            case "percentage" -> bundles.percentage(share);
            default ->
                throw invalid(
                    "The body must be {\"mode\": \"single\", \"shadow\" or \"percentage\", \"percent\": 0..100}.");
          }
        });
  }

  /** Lets the bundle beside publish for all. */
  @POST
  @Path("/switch")
  @Operation(
      operationId = "switchBundle",
      summary = "Publish with the bundle beside",
      description = "The old one stays loaded for its tokens until it is retired.")
  public RolloutView switchOver() {
    return step(() -> bundles.switchOver());
  }

  /** Back to the old bundle. */
  @POST
  @Path("/rollback")
  @Operation(
      operationId = "rollBackBundle",
      summary = "Publish with the old bundle again",
      description = "Also ends shadow and percentage. The new one stays loaded for its tokens.")
  public RolloutView rollBack() {
    return step(() -> bundles.rollBack());
  }

  /** Unloads the bundle beside. */
  @DELETE
  @Path("/bundle")
  @Operation(
      operationId = "retireBundle",
      summary = "Unload the bundle beside",
      description =
          "Refused while heads may have its tokens before them. With unread=true they become dead"
              + " letters (tokens-foreign-codebook).")
  public RolloutView retire(@RestQuery boolean unread) {
    return step(() -> bundles.retire(unread));
  }

  private RolloutView step(Runnable taken) {
    if (!config.admin().enabled()) {
      throw new ProblemException(
          Problem.Kind.ADMIN_OFF,
          "The admin interface is off in this process (lgvq.admin.enabled=false).");
    }
    try {
      taken.run();
    } catch (RolloutException e) {
      throw new ProblemException(Problem.Kind.ROLLOUT_REFUSED, e.getMessage());
    } catch (BundleException | EngineUnavailableException e) {
      throw new ProblemException(Problem.Kind.BUNDLE_UNUSABLE, e.getMessage());
    }
    return bundles
        .status()
        .map(RolloutView::of)
        .orElseThrow(
            () ->
                new ProblemException(
                    Problem.Kind.ROLLOUT_REFUSED, "No bundle is loaded yet; the stages start."));
  }

  private static ProblemException invalid(String sentence) {
    return new ProblemException(Problem.Kind.INVALID_STEP, sentence);
  }

  /**
   * Where a bundle lies.
   *
   * @param location folder or zip
   */
  @Schema(name = "BundleLocation")
  public record Location(
      @Schema(required = true, examples = "bundles/lgvq-small-2.0.0") String location) {}

  /**
   * What the bundle beside does.
   *
   * @param mode single, shadow or percentage
   * @param percent of the batches or keys, 100 if absent
   */
  @Schema(name = "RolloutMode")
  public record Mode(
      @Schema(
              required = true,
              enumeration = {"single", "shadow", "percentage"})
          String mode,
      @Schema(description = "Above 0, at most 100; 100 if absent.") Optional<Double> percent) {}
}
