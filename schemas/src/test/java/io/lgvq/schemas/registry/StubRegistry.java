package io.lgvq.schemas.registry;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;

/** A real HTTP server on loopback that says what a test wants a registry to say, and counts. */
final class StubRegistry implements AutoCloseable {

  static final String SCHEMA =
      """
      {"id": 7, "version": 1, "schema": "{\\"type\\":\\"record\\",\\"name\\":\\"Empty\\",\\"fields\\":[]}"}""";
  static final String UNKNOWN = "{\"error_code\": 40403, \"message\": \"Schema not found\"}";

  static {
    // Without it, head and body of an answer wait for each other's acknowledgement.
    System.setProperty("sun.net.httpserver.nodelay", "true");
  }

  private final HttpServer server;
  private final String scheme;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final ConcurrentLinkedDeque<Reply> next = new ConcurrentLinkedDeque<>();
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private final List<String> authorizations = new CopyOnWriteArrayList<>();
  private volatile Reply otherwise = new Reply(200, SCHEMA);

  private StubRegistry(HttpServer server, String scheme) {
    this.server = server;
    this.scheme = scheme;
    server.setExecutor(threads);
    server.createContext("/", this::answer);
    server.start();
  }

  static StubRegistry start() {
    try {
      return new StubRegistry(HttpServer.create(loopback(), 0), "http");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** With TLS, asking clients for a certificate. */
  static StubRegistry startWithMutualTls(SSLContext context) {
    try {
      HttpsServer server = HttpsServer.create(loopback(), 0);
      server.setHttpsConfigurator(
          new HttpsConfigurator(context) {
            @Override
            public void configure(HttpsParameters parameters) {
              SSLParameters ssl = context.getDefaultSSLParameters();
              ssl.setNeedClientAuth(true);
              parameters.setSSLParameters(ssl);
            }
          });
      return new StubRegistry(server, "https");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String url() {
    return scheme + "://127.0.0.1:" + server.getAddress().getPort();
  }

  /** What the next requests get, before {@link #always} applies again. */
  StubRegistry then(int times, int status, String body) {
    for (int i = 0; i < times; i++) {
      next.add(new Reply(status, body));
    }
    return this;
  }

  StubRegistry always(int status, String body) {
    otherwise = new Reply(status, body);
    return this;
  }

  /** Sends the head of an answer and never its body. */
  StubRegistry stall() {
    otherwise = new Reply(-1, "");
    return this;
  }

  /** What was asked, as "GET /path". */
  List<String> requests() {
    return requests;
  }

  List<String> authorizations() {
    return authorizations;
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  private void answer(HttpExchange exchange) throws IOException {
    requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
    authorizations.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
    exchange.getRequestBody().readAllBytes();
    Reply queued = next.poll();
    Reply reply = queued != null ? queued : otherwise;
    if (reply.status() < 0) {
      exchange.sendResponseHeaders(200, 1_000);
      exchange.getResponseBody().flush();
      return;
    }
    byte[] body = reply.body().getBytes(UTF_8);
    exchange.sendResponseHeaders(reply.status(), body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  private static InetSocketAddress loopback() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
  }

  private record Reply(int status, String body) {}
}
