package io.lgvq.app.rest;

import io.lgvq.app.config.LgvqConfig;
import io.lgvq.app.results.Refusal;
import io.lgvq.app.results.Results;
import io.smallrye.common.annotation.NonBlocking;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import java.util.function.Function;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;

/** Results out: what the output topics said of an image, as far back as memory reaches. */
@Path("/images/{id}")
@Tag(name = "Results", description = "Results out")
@Produces(MediaType.APPLICATION_JSON)
@NonBlocking
@APIResponse(
    responseCode = "400",
    description = "Not an id.",
    content =
        @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
@APIResponse(
    responseCode = "404",
    description = "Not there (yet), or older than what is kept.",
    content =
        @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
@APIResponse(
    responseCode = "422",
    description = "A stage refused the image; reason says why.",
    content =
        @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
@APIResponse(
    responseCode = "503",
    description = "This process keeps no results (lgvq.rest.results).",
    content =
        @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
public class ResultsResource {
  private final Results results;
  private final boolean kept;

  ResultsResource(Results results, LgvqConfig config) {
    this.results = results;
    this.kept = config.rest().results();
  }

  /** An image's codes. */
  @GET
  @Path("/tokens")
  @Operation(
      operationId = "getTokens",
      summary = "The image as codes",
      description = "Indices into the named codebook, row-major.")
  @APIResponse(
      responseCode = "200",
      content = @Content(schema = @Schema(implementation = Views.Tokens.class)))
  public Views.Tokens tokens(@RestPath String id) {
    return found(id, "tokens", known -> known.tokens(id).map(Views.Tokens::of));
  }

  /** An image's caption. */
  @GET
  @Path("/caption")
  @Operation(operationId = "getCaption", summary = "What the image shows, read from its codes")
  @APIResponse(
      responseCode = "200",
      content = @Content(schema = @Schema(implementation = Views.Caption.class)))
  public Views.Caption caption(@RestPath String id) {
    return found(id, "caption", known -> known.caption(id).map(Views.Caption::of));
  }

  /** The picture that the codes give. */
  @GET
  @Path("/reconstruction")
  @Produces("image/png")
  @Operation(
      operationId = "getReconstruction",
      summary = "The picture decoded back from its codes",
      description = "A PNG of the bundle's image size.")
  @APIResponse(
      responseCode = "200",
      content =
          @Content(
              mediaType = "image/png",
              schema = @Schema(type = SchemaType.STRING, format = "binary")))
  public Response reconstruction(@RestPath String id) {
    byte[] png =
        found(
            id,
            "reconstruction",
            known -> known.reconstruction(id).map(picture -> Views.bytes(picture.getData())));
    return Response.ok(png, "image/png").build();
  }

  /** The answer to an earlier question. */
  @GET
  @Path("/answers/{questionId}")
  @Operation(operationId = "getAnswer", summary = "The answer to a question that was asked earlier")
  @APIResponse(
      responseCode = "200",
      content = @Content(schema = @Schema(implementation = Views.Answer.class)))
  public Views.Answer answer(@RestPath String id, @RestPath String questionId) {
    Ids.checked(questionId);
    return found(id, "answer", known -> known.answer(id, questionId).map(Views.Answer::of));
  }

  private <T> T found(String id, String what, Function<Results, Optional<T>> look) {
    Ids.checked(id);
    if (!kept) {
      throw new ProblemException(
          Problem.Kind.RESULTS_OFF, "Results are off in this process (lgvq.rest.results=false).");
    }
    return look.apply(results).orElseThrow(() -> missing(id, what));
  }

  private ProblemException missing(String id, String what) {
    Optional<Refusal> refusal = results.refusal(id);
    return refusal
        .map(
            why ->
                new ProblemException(
                    Problem.refused(
                        why.reason(),
                        "There is no %s of image %s: the stage %s refused it. %s"
                            .formatted(what, id, why.stage(), why.detail())
                            .strip())))
        .orElseGet(
            () ->
                new ProblemException(
                    Problem.Kind.NO_RESULT,
                    "There is no %s of image %s here: it has not come yet, or is no longer kept."
                        .formatted(what, id)));
  }
}
