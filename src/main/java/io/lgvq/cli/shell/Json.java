package io.lgvq.cli.shell;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;

/** JSON as the command line writes it: absent values are {@code null}, dates are ISO. */
public final class Json {
  private static final ObjectMapper MAPPER = new ObjectMapper().registerModule(new Jdk8Module());

  private Json() {}

  /** One line. */
  public static String compact(Object value) {
    try {
      return MAPPER.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("cannot be written as JSON: " + value.getClass(), e);
    }
  }

  /** Indented, for people. */
  public static String pretty(Object value) {
    try {
      return MAPPER.writer(SerializationFeature.INDENT_OUTPUT).writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("cannot be written as JSON: " + value.getClass(), e);
    }
  }

  /** The mapper, for reading. */
  public static ObjectMapper mapper() {
    return MAPPER;
  }
}
