package io.lgvq.training.evaluate;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import java.util.LinkedHashMap;
import java.util.Map;

/** A report for programs. Stateless. */
public final class ReportJson {

  private static final ObjectMapper JSON =
      new ObjectMapper()
          .registerModule(new Jdk8Module())
          .enable(SerializationFeature.INDENT_OUTPUT);

  private ReportJson() {}

  /** As JSON text, the components of records by their names. */
  public static String of(Record report) {
    try {
      return JSON.writeValueAsString(report);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a report is plain data", e);
    }
  }

  /** As nested maps with four decimals, for the metrics of a bundle. */
  public static Map<String, Object> asMap(Report report) {
    Map<String, Object> map =
        JSON.convertValue(report, new TypeReference<Map<String, Object>>() {});
    map.replaceAll((key, value) -> rounded(value));
    return map;
  }

  private static Object rounded(Object value) {
    if (value instanceof Map<?, ?> map) {
      Map<Object, Object> copy = new LinkedHashMap<>();
      map.forEach((key, inner) -> copy.put(key, rounded(inner)));
      return copy;
    }
    return value instanceof Double number ? Math.round(number * 1e4) / 1e4 : value;
  }
}
