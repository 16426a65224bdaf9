package io.lgvq.operators.bundle;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import io.lgvq.operators.drift.CodeReference;
import java.io.IOException;

/**
 * Code references as JSON: the file that a manifest names under {@code reference}. Reading is
 * strict, as of manifests.
 *
 * <p>Stateless; safe for use by several threads.
 */
public final class ReferenceJson {

  private static final ObjectMapper JSON =
      new ObjectMapper()
          .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES);

  private ReferenceJson() {}

  /**
   * Reads a reference.
   *
   * @throws BundleException if it is none; the message is one sentence without the file's name
   */
  static CodeReference read(byte[] json) {
    try {
      return JSON.readValue(json, CodeReference.class);
    } catch (ValueInstantiationException e) {
      throw new BundleException("it is no code reference: " + e.getCause().getMessage(), e);
    } catch (JsonProcessingException e) {
      throw new BundleException(
          "it is no code reference: " + e.getOriginalMessage().lines().findFirst().orElse("?"), e);
    } catch (IOException e) {
      throw new BundleException("it cannot be read as JSON", e);
    }
  }

  /** Writes a reference. */
  public static byte[] write(CodeReference reference) {
    try {
      return JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(reference);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a record of numbers is always JSON", e);
    }
  }
}
