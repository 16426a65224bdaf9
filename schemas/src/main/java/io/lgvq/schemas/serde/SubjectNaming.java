package io.lgvq.schemas.serde;

import io.lgvq.schemas.problem.SchemaConfigurationException;
import org.apache.avro.Schema;

/** Under which subject a schema is registered: Confluent's three strategies. */
enum SubjectNaming {
  /** {@code <topic>-key} or {@code <topic>-value}: one schema a topic. */
  TOPIC("TopicNameStrategy") {
    @Override
    String subject(String topic, boolean isKey, Schema schema) {
      return topic + (isKey ? "-key" : "-value");
    }
  },
  /** The record's full name: one line of evolution a record type, whatever the topic. */
  RECORD("RecordNameStrategy") {
    @Override
    String subject(String topic, boolean isKey, Schema schema) {
      return schema.getFullName();
    }
  },
  /** {@code <topic>-<full name>}: several record types a topic, each on its own line. */
  TOPIC_RECORD("TopicRecordNameStrategy") {
    @Override
    String subject(String topic, boolean isKey, Schema schema) {
      return topic + "-" + schema.getFullName();
    }
  };

  private final String strategy;

  SubjectNaming(String strategy) {
    this.strategy = strategy;
  }

  /** The subject of a record of {@code schema} in {@code topic}. */
  abstract String subject(String topic, boolean isKey, Schema schema);

  /**
   * The strategy of a configured value: its name, a class name that ends in it, or such a class.
   */
  static SubjectNaming of(String key, Object value) {
    String name =
        value instanceof Class<?> type
            ? type.getName().replace('$', '.')
            : value.toString().strip();
    String simple = name.substring(name.lastIndexOf('.') + 1);
    for (SubjectNaming naming : values()) {
      if (naming.strategy.equals(simple)) {
        return naming;
      }
    }
    throw new SchemaConfigurationException(
        "%s=%s is not known: expected TopicNameStrategy, RecordNameStrategy or TopicRecordNameStrategy."
            .formatted(key, name));
  }
}
