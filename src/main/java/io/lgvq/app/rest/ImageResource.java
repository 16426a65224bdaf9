package io.lgvq.app.rest;

import io.lgvq.app.config.LgvqConfig;
import io.lgvq.app.feed.Feed;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestForm;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.multipart.FileUpload;

/** Images in: each becomes one record of the topic of images. */
@Path("/images")
@Tag(name = "Images", description = "Images in")
@Produces(MediaType.APPLICATION_JSON)
public class ImageResource {
  private final Feed feed;
  private final LgvqConfig config;

  ImageResource(Feed feed, LgvqConfig config) {
    this.feed = feed;
    this.config = config;
  }

  /** An image as the request's body. */
  @POST
  @Blocking
  @Consumes({"image/*", MediaType.APPLICATION_OCTET_STREAM})
  @Operation(
      operationId = "postImage",
      summary = "Send an image",
      description =
          "The body is the encoded file: JPEG, PNG, GIF, BMP or WebP. The image is in Kafka when the"
              + " reply comes; its results follow under /images/{id}.")
  @RequestBody(
      required = true,
      content = {
        @Content(
            mediaType = "image/*",
            schema =
                @Schema(
                    type = org.eclipse.microprofile.openapi.annotations.enums.SchemaType.STRING,
                    format = "binary")),
        @Content(
            mediaType = MediaType.APPLICATION_OCTET_STREAM,
            schema =
                @Schema(
                    type = org.eclipse.microprofile.openapi.annotations.enums.SchemaType.STRING,
                    format = "binary"))
      })
  @APIResponse(
      responseCode = "202",
      description = "Taken; results appear under Location.",
      content = @Content(schema = @Schema(implementation = Accepted.class)))
  @APIResponse(
      responseCode = "400",
      description = "No image in the request, or an id that is none.",
      content =
          @Content(
              mediaType = Problem.MEDIA_TYPE,
              schema = @Schema(implementation = Problem.class)))
  @APIResponse(
      responseCode = "413",
      description = "More bytes than lgvq.image.max-bytes.",
      content =
          @Content(
              mediaType = Problem.MEDIA_TYPE,
              schema = @Schema(implementation = Problem.class)))
  @APIResponse(
      responseCode = "503",
      description = "Kafka took no record.",
      content =
          @Content(
              mediaType = Problem.MEDIA_TYPE,
              schema = @Schema(implementation = Problem.class)))
  public CompletionStage<Response> post(
      @Parameter(
              description = "Id of the image; a fresh UUID if absent.",
              schema = @Schema(pattern = Ids.PATTERN))
          @RestQuery
          Optional<String> id,
      @Parameter(hidden = true) @HeaderParam(HttpHeaders.CONTENT_TYPE) String type,
      @Parameter(hidden = true) @Context HttpHeaders headers,
      byte[] body) {
    Optional<String> label = Optional.of(type).filter(given -> given.startsWith("image/"));
    return accept(id, body, label, headers);
  }

  /** An image as a part of a form. */
  @POST
  @Blocking
  @Consumes(MediaType.MULTIPART_FORM_DATA)
  @Operation(hidden = true)
  public CompletionStage<Response> post(
      @RestForm("file") FileUpload file,
      @RestForm Optional<String> id,
      @Context HttpHeaders headers) {
    if (file == null) {
      throw new ProblemException(
          Problem.Kind.EMPTY_IMAGE, "The form has no file in a part named file.");
    }
    try {
      Optional<String> label =
          Optional.ofNullable(file.contentType()).filter(given -> given.startsWith("image/"));
      refuseTooLarge(file.size());
      return accept(id, Files.readAllBytes(file.uploadedFile()), label, headers);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private CompletionStage<Response> accept(
      Optional<String> given, byte[] image, Optional<String> mediaType, HttpHeaders headers) {
    String id = given.map(Ids::checked).orElseGet(Ids::fresh);
    if (image.length == 0) {
      throw new ProblemException(Problem.Kind.EMPTY_IMAGE, "The image has no bytes.");
    }
    refuseTooLarge(image.length);
    return feed.image(id, image, mediaType, Trace.of(headers))
        .handle(
            (sent, failure) -> {
              if (failure != null) {
                throw Trace.unsent(failure);
              }
              return Response.accepted(new Accepted(id))
                  .header(HttpHeaders.LOCATION, "/images/" + id)
                  .build();
            });
  }

  private void refuseTooLarge(long bytes) {
    if (bytes > config.image().maxBytes()) {
      throw new ProblemException(
          Problem.Kind.IMAGE_TOO_LARGE,
          "The image has %d bytes; at most %d are taken (lgvq.image.max-bytes)."
              .formatted(bytes, config.image().maxBytes()));
    }
  }

  /**
   * The reply to an image.
   *
   * @param imageId under which its results appear
   */
  @Schema(name = "AcceptedImage", description = "The image is in Kafka.")
  public record Accepted(@Schema(description = "Id of the image.") String imageId) {}
}
