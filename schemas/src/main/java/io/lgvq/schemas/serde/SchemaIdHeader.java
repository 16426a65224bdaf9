package io.lgvq.schemas.serde;

import org.apache.kafka.common.header.Headers;

/**
 * The headers in which Confluent's newer serializers send the schema id, when told to; the record
 * then has no prefix. We do not read that format, but name it.
 */
final class SchemaIdHeader {

  static final String KEY = "__key_schema_id";
  static final String VALUE = "__value_schema_id";

  private SchemaIdHeader() {}

  /** The header's name. */
  static String of(boolean isKey) {
    return isKey ? KEY : VALUE;
  }

  /** Whether the record's schema id is in a header instead of a prefix. */
  static boolean replacesPrefix(Headers headers, boolean isKey, byte[] bytes) {
    boolean prefixed = bytes.length >= WireFormat.PREFIX && bytes[0] == WireFormat.MAGIC;
    return !prefixed && headers.lastHeader(of(isKey)) != null;
  }
}
