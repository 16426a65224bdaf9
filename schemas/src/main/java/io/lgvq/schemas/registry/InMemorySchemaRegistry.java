package io.lgvq.schemas.registry;

import io.lgvq.schemas.problem.SchemaRefusedException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.Schema;
import org.apache.avro.SchemaValidationException;
import org.apache.avro.SchemaValidator;
import org.apache.avro.SchemaValidatorBuilder;

/**
 * A registry inside this process, for topology tests without a network: {@code
 * schema.registry.url=memory://name} (or {@code mock://name}). Serdes that give the same name share
 * it. Gives ids from 1, numbers versions, and keeps the compatibility rules; it forgets everything
 * when the process ends.
 */
public final class InMemorySchemaRegistry implements SchemaRegistry {

  private static final Map<String, InMemorySchemaRegistry> BY_NAME = new ConcurrentHashMap<>();

  private final List<Schema> schemas = new ArrayList<>();
  private final Map<String, List<Integer>> subjects = new HashMap<>();
  private final Map<String, Compatibility> rules = new HashMap<>();

  /** An empty registry that nobody else knows. */
  public InMemorySchemaRegistry() {}

  /** The registry of this name, the same for every caller in this process. */
  public static InMemorySchemaRegistry named(String name) {
    return BY_NAME.computeIfAbsent(name, key -> new InMemorySchemaRegistry());
  }

  @Override
  public synchronized Optional<Schema> schema(int id) {
    return id < 1 || id > schemas.size() ? Optional.empty() : Optional.of(schemas.get(id - 1));
  }

  @Override
  public synchronized int register(String subject, Schema schema, boolean normalize) {
    OptionalInt known = id(subject, schema, normalize);
    if (known.isPresent()) {
      return known.getAsInt();
    }
    check(subject, schema);
    int id = schemas.indexOf(schema) + 1;
    if (id == 0) {
      schemas.add(schema);
      id = schemas.size();
    }
    subjects.computeIfAbsent(subject, key -> new ArrayList<>()).add(id);
    return id;
  }

  @Override
  public synchronized OptionalInt id(String subject, Schema schema, boolean normalize) {
    return ids(subject).stream()
        .filter(id -> schemas.get(id - 1).equals(schema))
        .mapToInt(Integer::intValue)
        .findFirst();
  }

  @Override
  public synchronized Optional<SubjectVersion> latest(String subject) {
    List<Integer> ids = ids(subject);
    if (ids.isEmpty()) {
      return Optional.empty();
    }
    int id = ids.get(ids.size() - 1);
    return Optional.of(new SubjectVersion(id, ids.size(), schemas.get(id - 1)));
  }

  @Override
  public synchronized void compatibility(String subject, Compatibility level) {
    rules.put(subject, level);
  }

  @Override
  public void probe() {}

  private List<Integer> ids(String subject) {
    return subjects.getOrDefault(subject, List.of());
  }

  private void check(String subject, Schema schema) {
    Compatibility rule = rules.getOrDefault(subject, Compatibility.NONE);
    List<Schema> newestFirst = new ArrayList<>();
    ids(subject).forEach(id -> newestFirst.add(0, schemas.get(id - 1)));
    try {
      validator(rule).validate(schema, newestFirst);
    } catch (SchemaValidationException e) {
      throw new SchemaRefusedException(
          SchemaRefusedException.Reason.INCOMPATIBLE,
          "The schema breaks the rule %s of subject %s: %s"
              .formatted(rule, subject, e.getMessage()));
    }
  }

  private static SchemaValidator validator(Compatibility rule) {
    SchemaValidatorBuilder builder = new SchemaValidatorBuilder();
    return switch (rule) {
      case NONE -> (schema, existing) -> {};
      case BACKWARD -> builder.canReadStrategy().validateLatest();
      case BACKWARD_TRANSITIVE -> builder.canReadStrategy().validateAll();
      case FORWARD -> builder.canBeReadStrategy().validateLatest();
      case FORWARD_TRANSITIVE -> builder.canBeReadStrategy().validateAll();
      case FULL -> builder.mutualReadStrategy().validateLatest();
      case FULL_TRANSITIVE -> builder.mutualReadStrategy().validateAll();
    };
  }
}
