package io.lgvq.app;

import io.quarkus.runtime.configuration.ConfigurationException;
import io.smallrye.config.ConfigValidationException;
import java.net.BindException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.apache.kafka.common.config.ConfigException;

/** Says in a sentence that names the property why the application could not start. */
final class StartProblem {
  private static final Pattern CONVERSION =
      Pattern.compile(
          "(?s).*config property (\\S+) with the config value \"(.*)\" threw an Exception whilst being"
              + " converted (.*)");
  private static final Pattern UNKNOWN =
      Pattern.compile("(?s)(?:SRCFG\\d+: )?(\\S+) in (.+) does not map to any root.*");
  private static final Pattern MISSING =
      Pattern.compile("(?s).*config property (\\S+) is required but it could not be found.*");
  private static final Pattern CODES =
      Pattern.compile("SRCFG\\d+: |java\\.[a-z.]+\\.[A-Za-z]+: | class [\\w.$]+");

  private StartProblem() {}

  /** A sentence for each thing that is wrong, or nothing if the failure is none of the user's. */
  static Optional<List<String>> sentences(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null && root.getCause() != root) {
      root = root.getCause();
    }
    if (root instanceof ConfigValidationException invalid) {
      return Optional.of(
          IntStream.range(0, invalid.getProblemCount())
              .mapToObj(i -> sentence(invalid.getProblem(i).getMessage()))
              .toList());
    }
    if (root instanceof BindException) {
      return Optional.of(
          List.of("The HTTP port is taken (quarkus.http.port): " + root.getMessage() + "."));
    }
    if (root instanceof ConfigException) {
      return Optional.of(
          List.of(
              "Kafka or the registry refuses a property (kafka.*, schema.registry.*): %s."
                  .formatted(root.getMessage().replaceFirst("\\.$", ""))));
    }
    return root instanceof ConfigurationException
        ? Optional.of(List.of(root.getMessage()))
        : Optional.empty();
  }

  static String sentence(String problem) {
    Matcher conversion = CONVERSION.matcher(problem);
    if (conversion.matches()) {
      return "%s cannot be '%s': %s."
          .formatted(conversion.group(1), conversion.group(2), plain(conversion.group(3)));
    }
    Matcher unknown = UNKNOWN.matcher(problem);
    if (unknown.matches()) {
      return "%s (in %s) is no property of ours; docs/configuration.md lists them."
          .formatted(unknown.group(1), unknown.group(2));
    }
    Matcher missing = MISSING.matcher(problem);
    return missing.matches() ? missing.group(1) + " must be given." : plain(problem) + ".";
  }

  private static String plain(String text) {
    return CODES.matcher(text).replaceAll("").strip();
  }
}
