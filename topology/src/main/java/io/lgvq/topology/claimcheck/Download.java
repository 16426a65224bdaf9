package io.lgvq.topology.claimcheck;

import static io.lgvq.topology.deadletter.DeadLetterReason.REFERENCE_MISSING;
import static io.lgvq.topology.deadletter.DeadLetterReason.REFERENCE_NOT_ALLOWED;
import static io.lgvq.topology.deadletter.DeadLetterReason.REFERENCE_SIZE_MISMATCH;
import static io.lgvq.topology.deadletter.DeadLetterReason.REFERENCE_UNREACHABLE;

import io.lgvq.topology.deadletter.Verdict;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.common.errors.InterruptException;

/**
 * Bounded GET requests, with redirects followed by hand so that each hop is checked.
 *
 * <p>Tried again: no connection, no answer in time, and the statuses 408, 429 and 5xx. Not tried
 * again: every other status that is not success, and a body that is too long. A host that keeps
 * silent is not asked for a while, see {@link SilentHosts}.
 *
 * <p>Threading: safe for use by several threads; a call blocks for as long as the settings allow.
 */
final class Download {

  private static final int MOST_REDIRECTS = 3;

  private final ClaimCheckSettings settings;
  private final HttpClient client;
  private final SilentHosts hosts = new SilentHosts(System::nanoTime);

  Download(ClaimCheckSettings settings) {
    this.settings = settings;
    this.client =
        HttpClient.newBuilder()
            .followRedirects(Redirect.NEVER)
            .connectTimeout(settings.connectTimeout())
            .build();
  }

  /**
   * The body of an allowed URI.
   *
   * @param size most bytes that are read of it
   */
  Verdict<byte[]> get(URI uri, long size) {
    String host = settings.place(uri);
    int attempts = hosts.attempts(host, settings.retry().attempts());
    if (attempts == 0) {
      return Verdict.rejected(
          REFERENCE_UNREACHABLE,
          "the host %s gave no answer shortly before, and is left alone for a while"
              .formatted(host));
    }
    Duration wait = settings.retry().backOff();
    for (int attempt = 1; ; attempt++) {
      try {
        Verdict<byte[]> answer = follow(uri, size);
        hosts.answered(host);
        return answer;
      } catch (IOException e) {
        if (attempt == attempts) {
          gaveUp(host, e);
          return Verdict.rejected(REFERENCE_UNREACHABLE, e);
        }
      }
      pause(wait);
      wait = wait.multipliedBy(2);
    }
  }

  private void gaveUp(String host, IOException last) {
    if (last instanceof HostErrorException) {
      hosts.erred(host);
    } else {
      hosts.silent(host);
    }
  }

  private Verdict<byte[]> follow(URI start, long size) throws IOException {
    URI uri = start;
    for (int hops = 0; hops <= MOST_REDIRECTS; hops++) {
      HttpResponse<byte[]> response;
      try {
        response = send(uri, size);
      } catch (TooLongException e) {
        return Verdict.rejected(REFERENCE_SIZE_MISMATCH, e);
      }
      int status = response.statusCode();
      if (status == 200) {
        return Verdict.accepted(response.body());
      }
      if (status == 408 || status == 429 || status >= 500) {
        throw new HostErrorException(status);
      }
      var location = response.headers().firstValue("location");
      if (status < 300 || status >= 400 || location.isEmpty()) {
        return Verdict.rejected(REFERENCE_MISSING, "the host answered with status " + status);
      }
      uri = uri.resolve(location.get());
      if (!sameHost(start, uri)) {
        return Verdict.rejected(
            REFERENCE_NOT_ALLOWED, "the host redirects to another scheme, host or port");
      }
    }
    return Verdict.rejected(REFERENCE_MISSING, "the host redirects in a circle");
  }

  private HttpResponse<byte[]> send(URI uri, long size) throws IOException, TooLongException {
    var request = HttpRequest.newBuilder(uri).timeout(settings.timeout()).build();
    CompletableFuture<HttpResponse<byte[]>> sent =
        client.sendAsync(request, head -> new BoundedBody(size));
    try {
      // The request's own timeout ends with the headers: this one bounds the body, too.
      return sent.get(settings.timeout().toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      sent.cancel(true);
      throw new IOException("no whole answer within " + settings.timeout(), e);
    } catch (ExecutionException e) {
      throw unwrapped(e);
    } catch (InterruptedException e) {
      sent.cancel(true);
      throw new InterruptException(e);
    }
  }

  private static IOException unwrapped(ExecutionException failure) throws TooLongException {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof TooLongException tooLong) {
        throw tooLong;
      }
    }
    return new IOException("the host did not answer: " + failure.getCause(), failure.getCause());
  }

  private static boolean sameHost(URI one, URI other) {
    return one.getScheme().equalsIgnoreCase(other.getScheme())
        && one.getHost().equalsIgnoreCase(other.getHost())
        && one.getPort() == other.getPort()
        && other.getRawUserInfo() == null;
  }

  private static void pause(Duration wait) {
    try {
      Thread.sleep(wait.toMillis());
    } catch (InterruptedException e) {
      throw new InterruptException(e);
    }
  }
}
