package io.lgvq.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.util.Locale;

/** How far a rollout is, for people. */
final class RolloutText {
  private RolloutText() {}

  /** Prints what the admin interface replied. */
  static void print(JsonNode reply, PrintWriter out) {
    String percent =
        reply.path("percent").asDouble() == 0
            ? ""
            : String.format(Locale.ROOT, " (%.4g %%)", reply.path("percent").asDouble());
    out.printf("phase      %s%s%n", reply.path("phase").asText(), percent);
    out.printf("published  %s%n", bundle(reply.path("published")));
    if (reply.hasNonNull("beside")) {
      out.printf("beside     %s%n", bundle(reply.path("beside")));
    }
    out.printf("in memory  %d%n", reply.path("bundlesInMemory").asInt());
    JsonNode shadow = reply.path("shadow");
    if (shadow.isObject()) {
      out.printf(
          "shadow     %d batches, %d failed%n",
          shadow.path("batches").asLong(), shadow.path("failures").asLong());
      side("published", shadow.path("published"), out);
      side("beside", shadow.path("beside"), out);
      if (shadow.hasNonNull("equalCodes")) {
        out.printf(Locale.ROOT, "  equal codes %.4f%n", shadow.path("equalCodes").asDouble());
      }
      if (shadow.hasNonNull("failure")) {
        out.printf("  last failure: %s%n", shadow.path("failure").asText());
      }
    }
  }

  private static void side(String role, JsonNode side, PrintWriter out) {
    out.printf(
        Locale.ROOT,
        "  %-9s %d images, quantization error %.4f, %d of %d codes used, perplexity %.1f, %.2f ms an image%n",
        role,
        side.path("images").asLong(),
        side.path("quantizationError").asDouble(),
        side.path("codesUsed").asInt(),
        side.path("codes").asInt(),
        side.path("perplexity").asDouble(),
        1e3 * side.path("secondsPerImage").asDouble());
  }

  private static String bundle(JsonNode bundle) {
    return "%s:%s, codebook %.12s, from %s"
        .formatted(
            bundle.path("name").asText(),
            bundle.path("version").asText(),
            bundle.path("codebook").asText(),
            bundle.path("location").asText());
  }
}
