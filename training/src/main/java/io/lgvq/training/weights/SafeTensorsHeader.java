package io.lgvq.training.weights;

import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the header of a safetensors file says, checked: it comes from anywhere, so nothing in it is
 * believed that the file itself does not bear out. A pure function of the header's bytes.
 *
 * @param entries by name of the array
 * @param notes free text by name
 */
record SafeTensorsHeader(Map<String, Entry> entries, Map<String, String> notes) {

  private static final String NOTES = "__metadata__";

  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  /**
   * Where an array lies.
   *
   * @param from first byte, counted from the end of the header
   * @param to byte after the last
   */
  record Entry(StoredType type, List<Long> shape, long from, long to) {

    /** Number of values. */
    long count() {
      return (to - from) / type.bytes();
    }
  }

  /**
   * Reads a header.
   *
   * @param available bytes that follow it in the file
   * @throws IOException if it is no header, or not of such a file; the message goes on from the
   *     file's name
   */
  static SafeTensorsHeader parse(byte[] text, long available) throws IOException {
    JsonNode header = json(text);
    Map<String, Entry> entries = new TreeMap<>();
    Map<String, String> notes = new TreeMap<>();
    for (Map.Entry<String, JsonNode> field : header.properties()) {
      if (field.getKey().equals(NOTES)) {
        notes.putAll(notes(field.getValue()));
      } else {
        entries.put(field.getKey(), entry(field.getKey(), field.getValue()));
      }
    }
    checkOrder(entries, available);
    return new SafeTensorsHeader(entries, notes);
  }

  private static JsonNode json(byte[] text) throws IOException {
    JsonNode header;
    try {
      header = JSON.readTree(text);
    } catch (IOException e) {
      throw new IOException("is no safetensors file: its header is no JSON", e);
    }
    if (!header.isObject()) {
      throw malformed("its header is no JSON object");
    }
    return header;
  }

  private static Map<String, String> notes(JsonNode field) throws IOException {
    Map<String, String> notes = new TreeMap<>();
    for (Map.Entry<String, JsonNode> note : field.properties()) {
      if (!note.getValue().isTextual()) {
        throw malformed(NOTES + " holds something that is no text");
      }
      notes.put(note.getKey(), note.getValue().textValue());
    }
    return notes;
  }

  private static Entry entry(String name, JsonNode field) throws IOException {
    StoredType type = type(name, field.path("dtype"));
    List<Long> shape = lengths(name, "shape", field.path("shape"));
    List<Long> offsets = lengths(name, "data_offsets", field.path("data_offsets"));
    if (offsets.size() != 2 || offsets.get(0) > offsets.get(1)) {
      throw malformed("data_offsets of tensor %s are no range".formatted(name));
    }
    long bytes = offsets.get(1) - offsets.get(0);
    try {
      long count = shape.stream().reduce(1L, Math::multiplyExact);
      if (Math.multiplyExact(count, type.bytes()) == bytes) {
        return new Entry(type, shape, offsets.get(0), offsets.get(1));
      }
    } catch (ArithmeticException e) {
      throw new IOException(
          "is no safetensors file: tensor %s of shape %s is larger than any file"
              .formatted(name, shape),
          e);
    }
    throw malformed(
        "tensor %s of shape %s and type %s does not fill its %d bytes"
            .formatted(name, shape, type, bytes));
  }

  private static StoredType type(String name, JsonNode field) throws IOException {
    for (StoredType type : StoredType.values()) {
      if (field.isTextual() && type.name().equals(field.textValue())) {
        return type;
      }
    }
    throw malformed("tensor %s has the unknown type %s".formatted(name, brief(field)));
  }

  private static List<Long> lengths(String name, String key, JsonNode field) throws IOException {
    List<Long> lengths = new ArrayList<>();
    for (JsonNode length : field) {
      if (!length.isIntegralNumber() || !length.canConvertToLong() || length.longValue() < 0) {
        throw malformed("%s of tensor %s holds %s".formatted(key, name, brief(length)));
      }
      lengths.add(length.longValue());
    }
    if (!field.isArray()) {
      throw malformed("tensor %s has no list %s".formatted(name, key));
    }
    return List.copyOf(lengths);
  }

  /** The format leaves no gaps: arrays lie one behind the other and fill the rest of the file. */
  private static void checkOrder(Map<String, Entry> entries, long available) throws IOException {
    long end = 0;
    for (Map.Entry<String, Entry> entry :
        entries.entrySet().stream()
            .sorted(
                Comparator.comparing((Map.Entry<String, Entry> e) -> e.getValue().from())
                    .thenComparing(e -> e.getValue().to()))
            .toList()) {
      if (entry.getValue().from() != end) {
        throw malformed(
            "tensor %s begins at byte %d, and what lies before it ends at %d"
                .formatted(entry.getKey(), entry.getValue().from(), end));
      }
      end = entry.getValue().to();
    }
    if (end > available) {
      throw new IOException(
          "ends early: its header promises %d bytes of values, and %d are there"
              .formatted(end, available));
    }
    if (end < available) {
      throw malformed("%d bytes lie behind the last tensor".formatted(available - end));
    }
  }

  private static String brief(JsonNode field) {
    String text = field.isMissingNode() ? "(none)" : field.toString();
    return text.length() <= 40 ? text : text.substring(0, 40) + "...";
  }

  private static IOException malformed(String why) {
    return new IOException("is no safetensors file: " + why);
  }
}
