package io.lgvq.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.lgvq.cli.shell.Failure;
import io.lgvq.cli.shell.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/**
 * The admin interface of a running application.
 *
 * @param url of the application
 */
record RolloutAdmin(URI url) {
  /** Loading reads and tries every graph. */
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  /**
   * What the application replies.
   *
   * @param path behind {@code /admin/rollout}
   * @throws Failure if it refuses, with its own sentence, or if nothing answers
   */
  JsonNode reply(String method, String path, BodyPublisher body) {
    String base = url.toString().replaceFirst("/+$", "");
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(base + "/admin/rollout" + path))
            .timeout(PATIENCE)
            .header("Content-Type", "application/json")
            .method(method, body)
            .build();
    try {
      HttpResponse<String> response =
          HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
      JsonNode read = Json.mapper().readTree(response.body());
      if (response.statusCode() != 200) {
        throw new Failure(
            read.path("detail").asText("the application answered " + response.statusCode()));
      }
      return read;
    } catch (JsonProcessingException e) {
      throw new Failure("What answers at " + url + " is not the application.", e);
    } catch (IOException e) {
      throw new Failure("Nothing answers at %s (--url): %s".formatted(url, e), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Failure("Interrupted while the application was asked.", e);
    }
  }
}
