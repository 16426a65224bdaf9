package io.lgvq.schemas.serde;

import static org.apache.kafka.common.config.ConfigDef.Importance.HIGH;
import static org.apache.kafka.common.config.ConfigDef.Importance.LOW;
import static org.apache.kafka.common.config.ConfigDef.Importance.MEDIUM;

import io.lgvq.schemas.problem.SchemaConfigurationException;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Type;
import org.apache.kafka.common.config.ConfigException;

/**
 * How records become bytes and back, read from a Kafka client's configuration under Confluent's
 * names.
 *
 * @param isKey whether this is about keys rather than values
 * @param autoRegister register schemas that the subject does not have
 * @param useLatest write with the subject's latest version
 * @param latestStrict check beforehand that the latest version can read our records
 * @param normalize let the registry compare schemas in normal form
 * @param removeJavaProperties register schemas without {@code avro.java.string}
 * @param naming how subjects are named
 * @param specific read into generated classes named by the writer's schema
 * @param type the generated class to read into, if configured
 */
record SerdeSettings(
    boolean isKey,
    boolean autoRegister,
    boolean useLatest,
    boolean latestStrict,
    boolean normalize,
    boolean removeJavaProperties,
    SubjectNaming naming,
    boolean specific,
    Optional<Class<?>> type) {

  private static final String AUTO_REGISTER = "auto.register.schemas";
  private static final String USE_LATEST = "use.latest.version";
  private static final String LATEST_STRICT = "latest.compatibility.strict";
  private static final String NORMALIZE = "normalize.schemas";
  private static final String REMOVE_JAVA = "avro.remove.java.properties";
  private static final String KEY_NAMING = "key.subject.name.strategy";
  private static final String VALUE_NAMING = "value.subject.name.strategy";
  private static final String SPECIFIC = "specific.avro.reader";
  private static final String KEY_TYPE = "specific.avro.key.type";
  private static final String VALUE_TYPE = "specific.avro.value.type";

  static final ConfigDef KEYS =
      new ConfigDef()
          .define(
              AUTO_REGISTER,
              Type.BOOLEAN,
              true,
              HIGH,
              "Register schemas that the subject does not have. Off unless given, where use.latest.version is on.")
          .define(
              USE_LATEST,
              Type.BOOLEAN,
              false,
              MEDIUM,
              "Write with the latest version of the subject; needs auto.register.schemas=false.")
          .define(
              LATEST_STRICT,
              Type.BOOLEAN,
              true,
              LOW,
              "With use.latest.version: refuse a latest version that cannot read our schema's records.")
          .define(
              NORMALIZE,
              Type.BOOLEAN,
              false,
              LOW,
              "Let the registry compare schemas in normal form, so that layout makes no new version.")
          .define(
              REMOVE_JAVA,
              Type.BOOLEAN,
              true,
              LOW,
              "Leave avro.java.string out of registered schemas, so that they equal the .avsc files.")
          .define(
              KEY_NAMING,
              Type.STRING,
              "TopicNameStrategy",
              MEDIUM,
              "Subject of a key's schema: TopicNameStrategy, RecordNameStrategy or TopicRecordNameStrategy.")
          .define(
              VALUE_NAMING,
              Type.STRING,
              "TopicNameStrategy",
              MEDIUM,
              "Subject of a value's schema; the same three.")
          .define(
              SPECIFIC,
              Type.BOOLEAN,
              false,
              MEDIUM,
              "Read into the generated class that the writer's schema names, instead of GenericRecord.")
          .define(
              KEY_TYPE,
              Type.CLASS,
              null,
              LOW,
              "Generated class to read keys into, whatever wrote them.")
          .define(
              VALUE_TYPE,
              Type.CLASS,
              null,
              LOW,
              "Generated class to read values into, whatever wrote them.");

  /**
   * Reads the settings.
   *
   * @param configuration any Kafka client's configuration
   * @param isKey whether the serde is for keys
   * @return what it says about serdes
   * @throws SchemaConfigurationException naming the wrong property
   */
  static SerdeSettings from(Map<String, ?> configuration, boolean isKey) {
    Map<String, Object> given = new HashMap<>();
    KEYS.names().forEach(key -> given.put(key, configuration.get(key)));
    given.values().removeIf(Objects::isNull);
    String namingKey = isKey ? KEY_NAMING : VALUE_NAMING;
    Optional<Object> namingValue = Optional.ofNullable(given.remove(namingKey));
    given.remove(isKey ? VALUE_NAMING : KEY_NAMING);
    Map<String, Object> values = parse(given);
    boolean useLatest = (Boolean) values.get(USE_LATEST);
    boolean autoRegister = (Boolean) values.get(AUTO_REGISTER);
    if (useLatest && autoRegister && given.containsKey(AUTO_REGISTER)) {
      throw new SchemaConfigurationException(
          "%s=true and %s=true contradict each other: set %s=false."
              .formatted(USE_LATEST, AUTO_REGISTER, AUTO_REGISTER));
    }
    return new SerdeSettings(
        isKey,
        autoRegister && !useLatest,
        useLatest,
        (Boolean) values.get(LATEST_STRICT),
        (Boolean) values.get(NORMALIZE),
        (Boolean) values.get(REMOVE_JAVA),
        namingValue.map(value -> SubjectNaming.of(namingKey, value)).orElse(SubjectNaming.TOPIC),
        (Boolean) values.get(SPECIFIC),
        type(values, isKey ? KEY_TYPE : VALUE_TYPE));
  }

  private static Map<String, Object> parse(Map<String, Object> given) {
    try {
      return KEYS.parse(given);
    } catch (ConfigException e) {
      throw new SchemaConfigurationException(e.getMessage(), e);
    }
  }

  private static Optional<Class<?>> type(Map<String, Object> values, String key) {
    Class<?> type = (Class<?>) values.get(key);
    if (type != null && !SpecificRecord.class.isAssignableFrom(type)) {
      throw new SchemaConfigurationException(
          "%s=%s is not a class generated from an Avro record.".formatted(key, type.getName()));
    }
    return Optional.ofNullable(type);
  }
}
