package io.lgvq.app.rest;

import jakarta.ws.rs.core.HttpHeaders;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletionException;
import org.apache.kafka.common.errors.RecordTooLargeException;

/** What goes from a request into a record's headers, and what comes back when Kafka refuses it. */
final class Trace {
  private Trace() {}

  /**
   * W3C trace context and CloudEvents headers of a request, named as Kafka's binding names them.
   */
  static Map<String, String> of(HttpHeaders headers) {
    Map<String, String> trace = new TreeMap<>();
    headers
        .getRequestHeaders()
        .forEach(
            (name, values) -> {
              String lower = name.toLowerCase(java.util.Locale.ROOT);
              if (lower.equals("traceparent") || lower.equals("tracestate")) {
                trace.put(lower, values.get(0));
              } else if (lower.startsWith("ce-")) {
                trace.put("ce_" + lower.substring("ce-".length()), values.get(0));
              }
            });
    return trace;
  }

  /** The problem that a failed send is. */
  static ProblemException unsent(Throwable failure) {
    Throwable cause =
        failure instanceof CompletionException
            ? Optional.ofNullable(failure.getCause()).orElse(failure)
            : failure;
    if (cause instanceof RecordTooLargeException) {
      return new ProblemException(
          Problem.Kind.IMAGE_TOO_LARGE,
          "The broker or the producer takes no record of this size: " + cause.getMessage());
    }
    return new ProblemException(
        Problem.Kind.KAFKA_UNAVAILABLE, "Kafka did not take the record: " + cause.getMessage());
  }
}
