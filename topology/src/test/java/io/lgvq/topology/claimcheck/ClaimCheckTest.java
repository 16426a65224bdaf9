package io.lgvq.topology.claimcheck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.lgvq.schemas.event.ImageReference;
import io.lgvq.topology.config.RetrySettings;
import io.lgvq.topology.deadletter.DeadLetterReason;
import io.lgvq.topology.deadletter.Verdict;
import io.lgvq.topology.deadletter.Verdict.Accepted;
import io.lgvq.topology.deadletter.Verdict.Rejected;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ClaimCheckTest {

  private static final byte[] PICTURE = "a picture of a cat".getBytes(StandardCharsets.UTF_8);

  private final AtomicInteger requests = new AtomicInteger();
  private final CountDownLatch end = new CountDownLatch(1);
  private HttpServer server;
  private String host;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newCachedThreadPool());
    host = "127.0.0.1:" + server.getAddress().getPort();
    serve("/cat", exchange -> answer(exchange, 200, PICTURE));
    serve("/gone", exchange -> answer(exchange, 404, PICTURE));
    serve("/broken", exchange -> answer(exchange, 503, PICTURE));
    serve("/moved", exchange -> redirect(exchange, "/cat"));
    serve("/circle", exchange -> redirect(exchange, "/circle"));
    serve("/elsewhere", exchange -> redirect(exchange, "http://localhost:1/cat"));
    serve("/second", exchange -> answer(exchange, requests.get() < 2 ? 500 : 200, PICTURE));
    serve("/endless", ClaimCheckTest::endless);
    serve("/silent", this::silent);
    server.start();
  }

  @AfterEach
  void stop() {
    end.countDown();
    server.stop(0);
  }

  @Test
  void shouldFetchAllowedReference() {
    assertThat(fetched("/cat")).isEqualTo(PICTURE);
  }

  @Test
  void shouldFollowRedirectOnTheSameHost() {
    assertThat(fetched("/moved")).isEqualTo(PICTURE);
  }

  @Test
  void shouldNotFollowRedirectToAnotherHost() {
    assertThat(reason("/elsewhere")).isEqualTo(DeadLetterReason.REFERENCE_NOT_ALLOWED);
  }

  @Test
  void shouldGiveUpOnRedirectsInCircle() {
    assertThat(reason("/circle")).isEqualTo(DeadLetterReason.REFERENCE_MISSING);
  }

  @Test
  void shouldFetchNothingByDefault() {
    var off = new ClaimCheck(ClaimCheckSettings.off());

    assertThat(reason(off.fetch(reference("http://" + host + "/cat", PICTURE))))
        .isEqualTo(DeadLetterReason.REFERENCE_NOT_ALLOWED);
    assertThat(requests).hasValue(0);
  }

  @Test
  void shouldRefuseWhateverIsNotAllowListed() {
    for (String uri :
        new String[] {
          "https://" + host + "/cat",
          "http://localhost:" + server.getAddress().getPort() + "/cat",
          "http://127.0.0.1/cat",
          "http://127.0.0.1:1@" + host + "/cat",
          "http://user@" + host + "/cat",
          "file:///etc/passwd",
          "/cat",
          "not a uri",
          ""
        }) {
      assertThat(reason(check().fetch(reference(uri, PICTURE))))
          .as(uri)
          .isEqualTo(DeadLetterReason.REFERENCE_NOT_ALLOWED);
    }
    assertThat(requests).hasValue(0);
  }

  @Test
  void shouldRefuseSchemesThatCannotBeFetched() {
    assertThatThrownBy(() -> ClaimCheckSettings.allowing(Set.of("file"), Set.of("localhost")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("http and https");
  }

  @Test
  void shouldRefuseOtherContentThanTheDeclared() {
    byte[] other = PICTURE.clone();
    other[0]++;

    assertThat(reason(check().fetch(reference(uri("/cat"), other))))
        .isEqualTo(DeadLetterReason.REFERENCE_DIGEST_MISMATCH);
  }

  @Test
  void shouldRefuseOtherLengthThanTheDeclared() {
    var longer = new ImageReference(uri("/cat"), sha256(PICTURE), PICTURE.length + 1L);
    var shorter = new ImageReference(uri("/cat"), sha256(PICTURE), PICTURE.length - 1L);

    assertThat(reason(check().fetch(longer))).isEqualTo(DeadLetterReason.REFERENCE_SIZE_MISMATCH);
    assertThat(reason(check().fetch(shorter))).isEqualTo(DeadLetterReason.REFERENCE_SIZE_MISMATCH);
  }

  @Test
  void shouldNotAskForMoreThanTheLimit() {
    var huge = new ImageReference(uri("/cat"), sha256(PICTURE), 1_000_000L);

    assertThat(reason(check().fetch(huge))).isEqualTo(DeadLetterReason.IMAGE_TOO_MANY_BYTES);
    assertThat(requests).hasValue(0);
  }

  @Test
  void shouldHangUpOnBodyThatDoesNotEnd() {
    assertThat(reason("/endless")).isEqualTo(DeadLetterReason.REFERENCE_SIZE_MISMATCH);
  }

  @Test
  void shouldNotAskAgainForWhatIsNotThere() {
    assertThat(reason("/gone")).isEqualTo(DeadLetterReason.REFERENCE_MISSING);
    assertThat(requests).hasValue(1);
  }

  @Test
  void shouldAskAgainWhenTheHostFails() {
    assertThat(fetched("/second")).isEqualTo(PICTURE);
    assertThat(requests).hasValue(2);
  }

  @Test
  void shouldGiveUpOnHostThatKeepsFailing() {
    assertThat(reason("/broken")).isEqualTo(DeadLetterReason.REFERENCE_UNREACHABLE);
    assertThat(requests).hasValue(2);
  }

  @Test
  void shouldGiveUpOnBodyThatStallsAfterItsFirstByte() {
    assertThat(reason("/silent")).isEqualTo(DeadLetterReason.REFERENCE_UNREACHABLE);
  }

  @Test
  void shouldGiveUpOnHostThatDoesNotListen() throws IOException {
    int closed;
    try (var socket = new ServerSocket(0)) {
      closed = socket.getLocalPort();
    }
    var check = check("127.0.0.1:" + closed);

    assertThat(reason(check.fetch(reference("http://127.0.0.1:" + closed + "/cat", PICTURE))))
        .isEqualTo(DeadLetterReason.REFERENCE_UNREACHABLE);
  }

  @Test
  void shouldNotWaitForSilentHostTwice() {
    var check = check();
    assertThat(reason(check.fetch(reference(uri("/silent"), PICTURE))))
        .isEqualTo(DeadLetterReason.REFERENCE_UNREACHABLE);
    int asked = requests.get();

    Verdict<byte[]> next = check.fetch(reference(uri("/cat"), PICTURE));

    assertThat(reason(next)).isEqualTo(DeadLetterReason.REFERENCE_UNREACHABLE);
    assertThat(((Rejected<byte[]>) next).detail()).contains(host, "left alone");
    assertThat(requests).hasValue(asked);
  }

  @Test
  void shouldStillAskHostOfWhichOneObjectIsBroken() {
    var check = check();
    check.fetch(reference(uri("/broken"), PICTURE));

    assertThat(check.fetch(reference(uri("/cat"), PICTURE))).isInstanceOf(Accepted.class);
  }

  private ClaimCheck check() {
    return check(host);
  }

  private static ClaimCheck check(String host) {
    return new ClaimCheck(
        new ClaimCheckSettings(
            Set.of("http"),
            Set.of(host),
            100_000,
            Duration.ofSeconds(2),
            Duration.ofSeconds(1),
            new RetrySettings(2, Duration.ofMillis(1))));
  }

  private byte[] fetched(String path) {
    return ((Accepted<byte[]>) check().fetch(reference(uri(path), PICTURE))).value();
  }

  private DeadLetterReason reason(String path) {
    return reason(check().fetch(reference(uri(path), PICTURE)));
  }

  private static DeadLetterReason reason(Verdict<byte[]> verdict) {
    return ((Rejected<byte[]>) verdict).reason();
  }

  private String uri(String path) {
    return "http://" + host + path;
  }

  private static ImageReference reference(String uri, byte[] content) {
    return new ImageReference(uri, sha256(content), (long) content.length);
  }

  private static String sha256(byte[] content) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    } catch (java.security.NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private interface Handler {
    void handle(HttpExchange exchange) throws IOException;
  }

  private void serve(String path, Handler handler) {
    server.createContext(
        path,
        exchange -> {
          requests.incrementAndGet();
          try (exchange) {
            handler.handle(exchange);
          }
        });
  }

  private static void answer(HttpExchange exchange, int status, byte[] body) throws IOException {
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
  }

  private static void redirect(HttpExchange exchange, String location) throws IOException {
    exchange.getResponseHeaders().add("Location", location);
    exchange.sendResponseHeaders(302, -1);
  }

  private static void endless(HttpExchange exchange) throws IOException {
    exchange.sendResponseHeaders(200, 0);
    byte[] block = new byte[8_192];
    for (int i = 0; i < 1_000_000; i++) {
      exchange.getResponseBody().write(block);
    }
  }

  private void silent(HttpExchange exchange) throws IOException {
    exchange.sendResponseHeaders(200, PICTURE.length);
    exchange.getResponseBody().write(PICTURE[0]);
    exchange.getResponseBody().flush();
    try {
      end.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
