package io.lgvq.app.rest;

import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Every error of the REST interface leaves as {@code application/problem+json}. */
class Problems {
  private static final Logger LOG = Logger.getLogger(Problems.class);

  @ServerExceptionMapper
  Response ours(ProblemException thrown) {
    return response(thrown.problem());
  }

  @ServerExceptionMapper
  Response theirs(WebApplicationException thrown) {
    int status = thrown.getResponse().getStatus();
    Response.StatusType type = thrown.getResponse().getStatusInfo();
    Response.ResponseBuilder built =
        Response.fromResponse(response(about(status, type.getReasonPhrase(), thrown.getMessage())));
    Optional.ofNullable(thrown.getResponse().getHeaderString("Allow"))
        .ifPresent(allow -> built.header("Allow", allow));
    return built.build();
  }

  @ServerExceptionMapper
  Response unexpected(RuntimeException thrown) {
    LOG.error("A request failed unexpectedly", thrown);
    return response(about(500, "Internal error", "The request failed; the log says why."));
  }

  private static Problem about(int status, String title, String detail) {
    return new Problem(
        "about:blank", title, status, Optional.ofNullable(detail).orElse(title), Optional.empty());
  }

  private static Response response(Problem problem) {
    return Response.status(problem.status()).type(Problem.MEDIA_TYPE).entity(problem).build();
  }
}
