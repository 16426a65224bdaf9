package io.lgvq.schemas.peer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.avro.Schema;
import org.apache.avro.generic.IndexedRecord;

/**
 * A record as JavaScript's Avro library shows it: timestamps as milliseconds, a union's value
 * wrapped in its type's name only where two branches are records.
 */
final class PlainJson {

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private final Function<String, JsonNode> bytes;

  private PlainJson(Function<String, JsonNode> bytes) {
    this.bytes = bytes;
  }

  /** As the peer prints records: bytes in base64. */
  static JsonNode printed(IndexedRecord record) {
    return new PlainJson(JSON::textNode).of(record.getSchema(), record);
  }

  /** As the peer wants records: bytes as {@code {"base64": "..."}}. */
  static JsonNode wanted(IndexedRecord record) {
    return new PlainJson(base64 -> JSON.objectNode().put("base64", base64))
        .of(record.getSchema(), record);
  }

  private JsonNode of(Schema schema, Object value) {
    return switch (schema.getType()) {
      case RECORD -> record((IndexedRecord) value);
      case UNION -> union(schema, value);
      case ARRAY -> array(schema.getElementType(), (List<?>) value);
      case MAP -> map(schema.getValueType(), (Map<?, ?>) value);
      case BYTES -> bytes.apply(base64((ByteBuffer) value));
      case LONG -> JSON.numberNode(millis(value));
      case INT -> JSON.numberNode((Integer) value);
      case DOUBLE -> JSON.numberNode((Double) value);
      case FLOAT -> JSON.numberNode(((Float) value).doubleValue());
      case STRING, ENUM -> JSON.textNode(value.toString());
      case NULL -> JSON.nullNode();
      default -> throw new AssertionError("not in our contracts: " + schema);
    };
  }

  private JsonNode record(IndexedRecord record) {
    ObjectNode node = JSON.objectNode();
    for (Schema.Field field : record.getSchema().getFields()) {
      node.set(field.name(), of(field.schema(), record.get(field.pos())));
    }
    return node;
  }

  private JsonNode union(Schema union, Object value) {
    Schema branch =
        value instanceof IndexedRecord record
            ? record.getSchema()
            : union.getTypes().stream()
                .filter(type -> (type.getType() == Schema.Type.NULL) == (value == null))
                .findFirst()
                .orElseThrow();
    JsonNode plain = of(branch, value);
    long records =
        union.getTypes().stream().filter(type -> type.getType() == Schema.Type.RECORD).count();
    return records > 1 ? JSON.objectNode().set(branch.getFullName(), plain) : plain;
  }

  private JsonNode array(Schema element, List<?> values) {
    ArrayNode node = JSON.arrayNode();
    values.forEach(value -> node.add(of(element, value)));
    return node;
  }

  private JsonNode map(Schema element, Map<?, ?> values) {
    ObjectNode node = JSON.objectNode();
    values.forEach((key, value) -> node.set(key.toString(), of(element, value)));
    return node;
  }

  private static long millis(Object value) {
    return value instanceof Instant time ? time.toEpochMilli() : (Long) value;
  }

  private static String base64(ByteBuffer buffer) {
    byte[] copy = new byte[buffer.remaining()];
    buffer.duplicate().get(copy);
    return Base64.getEncoder().encodeToString(copy);
  }
}
