package io.lgvq.operators.bundle;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import java.util.stream.Collectors;

/**
 * Manifests as YAML. Reading is strict: a missing, unknown or ill-typed key is a {@link
 * BundleException} that names the key and the line, so that a typing error is not a default.
 *
 * <p>Stateless; safe for use by several threads.
 */
public final class ManifestYaml {

  private static final ObjectMapper YAML =
      new ObjectMapper(
              YAMLFactory.builder()
                  .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
                  .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
                  .enable(YAMLGenerator.Feature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS)
                  .build())
          .registerModule(new Jdk8Module())
          .setSerializationInclusion(JsonInclude.Include.NON_ABSENT)
          .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY);

  private ManifestYaml() {}

  /**
   * Reads a manifest.
   *
   * @throws BundleException if the text is no YAML, of another format version, or breaks the
   *     contract
   */
  public static BundleManifest read(String yaml) {
    try {
      JsonNode tree = YAML.readTree(yaml);
      JsonNode format = tree.path("format");
      if (!tree.isObject() || format.isMissingNode()) {
        throw new BundleException(
            BundleManifest.FILE + " is no manifest: it does not begin with a format version.");
      }
      if (format.asInt(-1) != BundleManifest.FORMAT) {
        throw new BundleException(
            "%s has format version %s, and this program reads version %d only."
                .formatted(BundleManifest.FILE, format.asText(), BundleManifest.FORMAT));
      }
      return YAML.readValue(yaml, BundleManifest.class);
    } catch (JsonProcessingException e) {
      throw new BundleException(sentence(e), e);
    }
  }

  /** Writes a manifest, its keys in the order of {@code docs/bundle.md}. */
  public static String write(BundleManifest manifest) {
    try {
      return YAML.writeValueAsString(manifest);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("metrics hold something that YAML cannot say", e);
    }
  }

  private static String sentence(JsonProcessingException problem) {
    String what = what(problem);
    String key =
        problem instanceof JsonMappingException mapping
            ? mapping.getPath().stream()
                .map(step -> step.getFieldName() == null ? "-" : step.getFieldName())
                .collect(Collectors.joining("."))
            : "";
    // Jackson binds records late, so it knows the line of bad syntax but not of a bad key.
    boolean located = problem.getLocation() != null && key.isEmpty();
    String line = located ? " (line " + problem.getLocation().getLineNr() + ")" : "";
    return "%s is malformed%s%s: %s."
        .formatted(BundleManifest.FILE, key.isEmpty() ? "" : " at " + key, line, what);
  }

  private static String what(JsonProcessingException problem) {
    if (problem instanceof ValueInstantiationException && problem.getCause() != null) {
      return problem.getCause().getMessage();
    }
    if (problem instanceof UnrecognizedPropertyException) {
      return "there is no such key";
    }
    String message = problem.getOriginalMessage().lines().findFirst().orElse("unreadable");
    return problem instanceof MismatchedInputException && message.matches("(?i).*\\bnull\\b.*")
        ? "the value is missing"
        : message;
  }
}
