package io.lgvq.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class RolloutCommandTest {
  private static final String SHADOW =
      """
      {"phase": "shadow", "percent": 10.0, "bundlesInMemory": 2,
       "published": {"name": "lgvq-small", "version": "1.1.0", "codebook": "9d530575f5ee8658", "location": "old"},
       "beside": {"name": "lgvq-small", "version": "2.0.0", "codebook": "aaaa0575f5ee8658", "location": "new"},
       "shadow": {"batches": 3, "failures": 0,
        "published": {"images": 9, "quantizationError": 0.25, "codesUsed": 500, "codes": 1024, "perplexity": 300.5, "secondsPerImage": 0.002},
        "beside": {"images": 9, "quantizationError": 0.125, "codesUsed": 600, "codes": 1024, "perplexity": 400.5, "secondsPerImage": 0.004}}}
      """;

  private final List<String> asked = new ArrayList<>();
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private HttpServer server;
  private int status = 200;
  private String reply = SHADOW;

  @BeforeEach
  void serve() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          String body =
              new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
          asked.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " " + body);
          byte[] bytes = reply.getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(status, bytes.length);
          exchange.getResponseBody().write(bytes);
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void shouldSayEachStepToTheApplication() {
    assertThat(run("status")).isZero();
    assertThat(run("load", "bundles/new")).isZero();
    assertThat(run("mode", "shadow", "--percent", "10")).isZero();
    assertThat(run("switch")).isZero();
    assertThat(run("rollback")).isZero();
    assertThat(run("retire", "--unread")).isZero();

    assertThat(asked)
        .containsExactly(
            "GET /admin/rollout ",
            "PUT /admin/rollout/bundle {\"location\":\"bundles/new\"}",
            asked.get(2),
            "POST /admin/rollout/switch ",
            "POST /admin/rollout/rollback ",
            "DELETE /admin/rollout/bundle?unread=true ");
    assertThat(asked.get(2))
        .startsWith("PUT /admin/rollout/mode {")
        .contains("\"mode\":\"shadow\"", "\"percent\":10.0");
  }

  @Test
  void shouldPrintForPeopleWhatDiffers() {
    run("status");

    assertThat(out.toString())
        .contains("phase      shadow (10.00 %)")
        .contains("published  lgvq-small:1.1.0, codebook 9d530575f5ee, from old")
        .contains("beside     lgvq-small:2.0.0")
        .contains("9 images, quantization error 0.1250, 600 of 1024 codes used, perplexity 400.5");
  }

  @Test
  void shouldSayTheProblemInOneSentence() {
    status = 409;
    reply = "{\"detail\": \"No bundle is loaded beside; load one first.\"}";

    assertThat(run("switch")).isEqualTo(1);
    assertThat(err.toString().strip())
        .isEqualTo("lgvq: No bundle is loaded beside; load one first.");
  }

  @Test
  void shouldSayThatNothingAnswers() {
    server.stop(0);

    assertThat(run("status")).isEqualTo(1);
    assertThat(err.toString()).contains("Nothing answers at", "(--url)");
  }

  private int run(String... step) {
    List<String> line = new ArrayList<>(List.of("rollout"));
    line.addAll(List.of(step));
    line.addAll(List.of("--url", "http://127.0.0.1:" + server.getAddress().getPort() + "/"));
    CommandLine command = Lgvq.line();
    command.setOut(new PrintWriter(out, true));
    command.setErr(new PrintWriter(err, true));
    return command.execute(line.toArray(String[]::new));
  }
}
