package io.lgvq.app.rest;

import io.lgvq.app.config.LgvqConfig;
import io.lgvq.app.feed.Feed;
import io.lgvq.app.results.Results;
import io.lgvq.schemas.event.Answer;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;

/** Questions about images: each becomes one record, and the reply waits a while for its answer. */
@Path("/images/{id}/questions")
@Tag(name = "Questions", description = "Questions in, answers out")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public class QuestionResource {
  private final Feed feed;
  private final Results results;
  private final LgvqConfig config;

  QuestionResource(Feed feed, Results results, LgvqConfig config) {
    this.feed = feed;
    this.results = results;
    this.config = config;
  }

  /** Sends a question and waits for the answer as long as configured. */
  @POST
  @Blocking
  @Operation(
      operationId = "postQuestion",
      summary = "Ask about an image",
      description =
          "The reply waits for the answer (lgvq.rest.answer-wait). If it does not come in time the"
              + " reply is 202, and the answer appears at Location. The image may be posted later:"
              + " the question waits for it in Kafka.")
  @APIResponse(
      responseCode = "200",
      description = "The answer.",
      content = @Content(schema = @Schema(implementation = Views.Answer.class)))
  @APIResponse(
      responseCode = "202",
      description = "Asked; the answer will appear at Location.",
      content = @Content(schema = @Schema(implementation = Asked.class)))
  @APIResponse(
      responseCode = "400",
      description = "No text, too long a text, or an id that is none.",
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
  public CompletionStage<Response> ask(
      @RestPath String id, @Context HttpHeaders headers, QuestionText question) {
    Ids.checked(id);
    String text = checked(question);
    String questionId = Ids.fresh();
    CompletableFuture<Answer> answer = results.await(questionId);
    return feed.question(questionId, id, text, Trace.of(headers))
        .handle((sent, failure) -> Optional.ofNullable(failure))
        .thenCompose(
            failure -> {
              failure.ifPresent(
                  refused -> {
                    results.forget(questionId);
                    throw Trace.unsent(refused);
                  });
              return reply(id, questionId, answer);
            });
  }

  private CompletionStage<Response> reply(
      String id, String questionId, CompletableFuture<Answer> answer) {
    Response later =
        Response.accepted(new Asked(questionId, id))
            .header(HttpHeaders.LOCATION, "/images/%s/answers/%s".formatted(id, questionId))
            .build();
    if (!config.rest().results()) {
      results.forget(questionId);
      return CompletableFuture.completedStage(later);
    }
    return answer
        .thenApply(come -> Response.ok(Views.Answer.of(come)).build())
        .completeOnTimeout(later, config.rest().answerWait().toMillis(), TimeUnit.MILLISECONDS)
        .whenComplete((reply, failure) -> results.forget(questionId));
  }

  private String checked(QuestionText question) {
    String text = Optional.ofNullable(question).map(QuestionText::text).orElse("").strip();
    if (text.isEmpty()) {
      throw new ProblemException(
          Problem.Kind.INVALID_QUESTION, "The body must be {\"text\": ...} with a question in it.");
    }
    int longest = config.answer().maxLength();
    if (text.length() > longest) {
      throw new ProblemException(
          Problem.Kind.INVALID_QUESTION,
          "The question has %d characters; at most %d are taken (lgvq.answer.max-length)."
              .formatted(text.length(), longest));
    }
    return text;
  }

  /**
   * The body of a question.
   *
   * @param text the question in plain words
   */
  @Schema(name = "Question")
  public record QuestionText(
      @Schema(required = true, examples = "what colour is the bus?") String text) {}

  /**
   * The reply when the answer takes longer.
   *
   * @param questionId id of the question
   * @param imageId the image that it asks about
   */
  @Schema(name = "AskedQuestion")
  public record Asked(String questionId, String imageId) {}
}
