package io.lgvq.training.foreign;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * A part of a configuration, read strictly: whatever is missing, unknown or of the wrong kind is an
 * {@link IllegalArgumentException} that names its key.
 */
record ConfigurationSection(String path, JsonNode node) {

  /**
   * @param path keys that lead here, with dots between; empty at the top
   */
  ConfigurationSection {
    if (!node.isObject()) {
      throw new IllegalArgumentException(
          (path.isEmpty() ? "the configuration" : path) + " is no group of keys");
    }
  }

  /** Whether there is something under a key. */
  boolean has(String key) {
    return node.hasNonNull(key);
  }

  /** The part under a key. */
  ConfigurationSection section(String key) {
    return new ConfigurationSection(at(key), value(key));
  }

  /** The text under a key. */
  String text(String key) {
    return value(key).asText();
  }

  /** The integer under a key. */
  int integer(String key) {
    return integer(key, value(key));
  }

  /** The list of integers under a key, which may be empty. */
  List<Integer> integers(String key) {
    JsonNode list = value(key);
    if (!list.isArray()) {
      throw new IllegalArgumentException(at(key) + " must be a list and is " + brief(list));
    }
    List<Integer> integers = new ArrayList<>();
    for (JsonNode entry : list) {
      integers.add(integer(key, entry));
    }
    return List.copyOf(integers);
  }

  /** Refuses every value of a key but one; the key itself may be absent. */
  void only(String key, String allowed) {
    if (has(key) && !node.get(key).asText().equalsIgnoreCase(allowed)) {
      throw new IllegalArgumentException(
          "%s must be %s and is %s".formatted(at(key), allowed, brief(node.get(key))));
    }
  }

  /** Refuses a key that has something under it. */
  void without(String key) {
    if (has(key)) {
      throw new IllegalArgumentException(at(key) + " must not be there: it changes the codes");
    }
  }

  /** Refuses keys of other names. */
  void knows(Set<String> keys) {
    for (var field : node.properties()) {
      if (!keys.contains(field.getKey())) {
        throw new IllegalArgumentException("there is no key " + at(field.getKey()));
      }
    }
  }

  private JsonNode value(String key) {
    if (!has(key)) {
      throw new IllegalArgumentException("the key " + at(key) + " is missing");
    }
    return node.get(key);
  }

  private int integer(String key, JsonNode value) {
    if (!value.isIntegralNumber() || !value.canConvertToInt()) {
      throw new IllegalArgumentException(
          "%s must hold integers and has %s".formatted(at(key), brief(value)));
    }
    return value.intValue();
  }

  private String at(String key) {
    return path.isEmpty() ? key : path + "." + key;
  }

  private static String brief(JsonNode value) {
    String text = value.toString();
    return text.length() <= 40 ? text : text.substring(0, 40) + "...";
  }
}
