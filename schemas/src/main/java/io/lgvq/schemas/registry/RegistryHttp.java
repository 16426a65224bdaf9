package io.lgvq.schemas.registry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.MILLISECONDS;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.lgvq.schemas.problem.RegistryAccessException;
import io.lgvq.schemas.problem.RegistryUnavailableException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.common.utils.ExponentialBackoff;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends one request until a registry gives a definite answer, or the attempts are used up.
 *
 * <p>One attempt goes through all URLs, from the one that answered last (sticky); between attempts
 * it waits, longer each time. An I/O error, a time-out, HTTP 408, 429 and 5xx, and anything that a
 * Schema Registry would not say (HTML, a 404 without the registry's error code) count as no answer.
 * Every request of this API may be repeated without harm.
 *
 * <p>Threading: safe for many threads; the caller's thread waits. No message and no log line holds
 * a credential.
 */
final class RegistryHttp {

  private static final Logger LOG = LoggerFactory.getLogger(RegistryHttp.class);
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String MEDIA_TYPE = "application/vnd.schemaregistry.v1+json";

  private final List<Endpoint> endpoints;
  private final RegistrySettings settings;
  private final ExponentialBackoff backoff;
  private final Waiting waiting;
  private final HttpClient client;
  private final AtomicInteger sticky = new AtomicInteger();

  RegistryHttp(RegistrySettings settings, Waiting waiting) {
    this.settings = settings;
    this.endpoints = settings.endpoints();
    this.waiting = waiting;
    this.backoff =
        new ExponentialBackoff(settings.firstWaitMillis(), 2, settings.longestWaitMillis(), 0.2);
    HttpClient.Builder builder =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(settings.connectTimeout());
    settings.tls().ifPresent(builder::sslContext);
    this.client = builder.build();
  }

  /** {@code GET path}. */
  Answer get(String path) {
    return send("GET", path, BodyPublishers.noBody());
  }

  /** {@code POST path} with a JSON body. */
  Answer post(String path, JsonNode body) {
    return send("POST", path, BodyPublishers.ofString(body.toString(), UTF_8));
  }

  /** {@code PUT path} with a JSON body. */
  Answer put(String path, JsonNode body) {
    return send("PUT", path, BodyPublishers.ofString(body.toString(), UTF_8));
  }

  private Answer send(String method, String path, BodyPublisher body) {
    NoAnswer last = null;
    for (int attempt = 0; attempt <= settings.retries(); attempt++) {
      try {
        if (attempt > 0) {
          waiting.sleep(backoff.backoff(attempt - 1));
        }
        return attempt(method, path, body);
      } catch (NoAnswer e) {
        LOG.debug(
            "Attempt {} of {} failed: {}", attempt + 1, settings.retries() + 1, e.getMessage());
        last = e;
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new RegistryUnavailableException(
            "Interrupted while waiting for the schema registry at " + endpoints + ".", e);
      }
    }
    throw new RegistryUnavailableException(
        "No schema registry of %s=%s answered %s %s in %d attempt(s); last failure: %s"
            .formatted(
                RegistrySettings.URL,
                endpoints,
                method,
                path,
                settings.retries() + 1,
                last.getMessage()),
        last);
  }

  private Answer attempt(String method, String path, BodyPublisher body)
      throws NoAnswer, InterruptedException {
    int first = sticky.get();
    NoAnswer failure = new NoAnswer("nothing was tried", null);
    for (int i = 0; i < endpoints.size(); i++) {
      int index = (first + i) % endpoints.size();
      try {
        Answer answer = ask(endpoints.get(index), method, path, body);
        if (index != first && sticky.compareAndSet(first, index)) {
          LOG.warn(
              "Schema registry {} failed ({}), going on with {}",
              endpoints.get(first),
              failure.getMessage(),
              endpoints.get(index));
        }
        return answer;
      } catch (NoAnswer e) {
        failure = e;
      }
    }
    throw failure;
  }

  private Answer ask(Endpoint endpoint, String method, String path, BodyPublisher body)
      throws NoAnswer, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(endpoint.base() + path))
            .method(method, body)
            .header("Content-Type", MEDIA_TYPE)
            .header("Accept", MEDIA_TYPE + ", application/json");
    endpoint.authorization().ifPresent(value -> request.header("Authorization", value));
    HttpResponse<byte[]> response = exchange(endpoint, request.build());
    int status = response.statusCode();
    if (status == 401 || status == 403) {
      throw new RegistryAccessException(
          "Schema registry %s refused access to %s %s (HTTP %d): check basic.auth.*, bearer.auth.* or schema.registry.ssl.keystore.*."
              .formatted(endpoint, method, path, status));
    }
    JsonNode json = json(response.body());
    if (json == null || !isDefinite(status, json)) {
      throw new NoAnswer(
          "%s answered HTTP %d%s"
              .formatted(endpoint, status, json == null ? " without JSON" : ": " + detail(json)),
          null);
    }
    return new Answer(endpoint, status, json);
  }

  /**
   * Whether a registry speaks, and has made up its mind. Its own "not found" has a code 404xx; a
   * 404 without one comes from a proxy, or from another server behind a wrong URL, and must never
   * be taken for "no such schema".
   */
  private static boolean isDefinite(int status, JsonNode json) {
    int code = json.path("error_code").asInt();
    return switch (status) {
      case 200 -> true;
      case 404 -> code / 100 == 404;
      case 400, 409, 422 -> code != 0;
      default -> false;
    };
  }

  /** The deadline covers the whole answer; the JDK's own request timeout ends with its headers. */
  private HttpResponse<byte[]> exchange(Endpoint endpoint, HttpRequest request)
      throws NoAnswer, InterruptedException {
    CompletableFuture<HttpResponse<byte[]>> exchange =
        client.sendAsync(request, BodyHandlers.ofByteArray());
    try {
      return exchange.get(settings.requestTimeout().toMillis(), MILLISECONDS);
    } catch (TimeoutException e) {
      throw new NoAnswer(
          "%s gave no answer within %d ms"
              .formatted(endpoint, settings.requestTimeout().toMillis()),
          e);
    } catch (ExecutionException e) {
      throw new NoAnswer(endpoint + " could not be reached: " + e.getCause(), e.getCause());
    } finally {
      exchange.cancel(true);
    }
  }

  private static JsonNode json(byte[] body) {
    try {
      JsonNode json = JSON.readTree(body);
      return json == null || json.isMissingNode() ? null : json;
    } catch (IOException e) {
      return null;
    }
  }

  private static String detail(JsonNode json) {
    String text = json.path("message").asText("");
    return text.length() <= 500 ? text : text.substring(0, 500) + "…";
  }

  /**
   * A definite answer.
   *
   * @param endpoint who gave it
   * @param status HTTP status: 200, 400, 404, 409 or 422
   * @param json the body
   */
  record Answer(Endpoint endpoint, int status, JsonNode json) {

    /** Whether it is good news. */
    boolean ok() {
      return status == 200;
    }

    /** Whether the registry itself, rather than some proxy, says that there is no such thing. */
    boolean notFound() {
      return status == 404;
    }

    /** What the registry said, shortened. */
    String message() {
      return "%s answered HTTP %d: %s".formatted(endpoint, status, detail(json));
    }
  }

  /** One URL, or one attempt, gave nothing to go by. */
  private static final class NoAnswer extends Exception {
    NoAnswer(String message, Throwable cause) {
      super(message, cause);
    }
  }
}
