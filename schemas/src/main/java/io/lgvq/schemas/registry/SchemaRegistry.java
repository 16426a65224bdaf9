package io.lgvq.schemas.registry;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.avro.Schema;

/**
 * A Schema Registry, as serializers need it.
 *
 * <p>Threading: every implementation is safe for use by many threads; calls may block for as long
 * as {@link RegistrySettings} allows. Nothing needs closing.
 *
 * <p>Every method may throw {@link io.lgvq.schemas.problem.RegistryUnavailableException} when
 * nobody answers and {@link io.lgvq.schemas.problem.RegistryAccessException} when the credentials
 * are refused. An absent result always means that the registry answered "not found".
 */
public interface SchemaRegistry {

  /**
   * The schema of an id, references resolved.
   *
   * @param id as found in a record's prefix
   * @return the schema, or empty if the registry has none of this id
   * @throws io.lgvq.schemas.problem.UnreadableRecordException if it has one that is not Avro
   */
  Optional<Schema> schema(int id);

  /**
   * Registers a schema, or finds it where it is registered already.
   *
   * @param subject for instance {@code lgvq.tokens-value}
   * @param schema what to register
   * @param normalize whether the registry compares schemas in normal form
   * @return the schema's id
   * @throws io.lgvq.schemas.problem.SchemaRefusedException if it is incompatible or invalid
   */
  int register(String subject, Schema schema, boolean normalize);

  /**
   * Looks a schema up without registering it.
   *
   * @param subject for instance {@code lgvq.tokens-value}
   * @param schema what to look for
   * @param normalize whether the registry compares schemas in normal form
   * @return the schema's id, or empty if the subject does not have it
   */
  OptionalInt id(String subject, Schema schema, boolean normalize);

  /**
   * The newest version of a subject.
   *
   * @param subject for instance {@code lgvq.tokens-value}
   * @return the version, or empty if the subject does not exist
   */
  Optional<SubjectVersion> latest(String subject);

  /**
   * Sets the rule that later versions of a subject must keep. The subject need not exist yet.
   * Apicurio takes {@link Compatibility#NONE} for "no rule of its own": the registry's general rule
   * then holds, and the subject must exist.
   *
   * @param subject for instance {@code lgvq.tokens-value}
   * @param level the rule
   */
  void compatibility(String subject, Compatibility level);

  /** Returns if the registry answers and accepts our credentials; throws if not. For readiness. */
  void probe();

  /**
   * Connects to the registry that the configuration names, with caching; sends nothing yet.
   *
   * @param configuration any Kafka client's configuration; only the keys of {@link
   *     RegistrySettings} are read
   * @return a registry to be shared by as many serdes as wanted
   * @throws io.lgvq.schemas.problem.SchemaConfigurationException naming the wrong property
   */
  static SchemaRegistry connect(Map<String, ?> configuration) {
    RegistrySettings settings = RegistrySettings.from(configuration);
    return settings
        .inMemoryName()
        .<SchemaRegistry>map(InMemorySchemaRegistry::named)
        .orElseGet(
            () ->
                new CachingSchemaRegistry(
                    new RestSchemaRegistry(new RegistryHttp(settings, Waiting.SYSTEM)),
                    settings.latestCacheTtl(),
                    Waiting.SYSTEM));
  }
}
