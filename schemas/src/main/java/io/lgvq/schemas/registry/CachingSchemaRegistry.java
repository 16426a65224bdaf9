package io.lgvq.schemas.registry;

import io.lgvq.schemas.problem.UnreadableRecordException;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.avro.Schema;

/**
 * Remembers what a registry said, so that a stream of records asks once.
 *
 * <p>An id's schema and a schema's id never change: the {@value #CAPACITY} most recently used are
 * kept. An unknown id may become known, so that answer holds for {@value #UNKNOWN_MILLIS} ms only;
 * {@link Pace} slows down a feed of garbage that invents a new id for each record.
 */
final class CachingSchemaRegistry implements SchemaRegistry {

  static final int CAPACITY = 1_000;
  static final long UNKNOWN_MILLIS = 30_000;

  private final SchemaRegistry registry;
  private final Optional<Duration> latestTtl;
  private final Waiting waiting;
  private final Pace pace;
  private final RecentlyUsed<Integer, Schema> schemas = new RecentlyUsed<>(CAPACITY);
  private final RecentlyUsed<Integer, UnreadableRecordException> foreign =
      new RecentlyUsed<>(CAPACITY);
  private final RecentlyUsed<Integer, Long> unknownSince = new RecentlyUsed<>(CAPACITY);
  private final RecentlyUsed<Written, Integer> registered = new RecentlyUsed<>(CAPACITY);
  private final RecentlyUsed<Written, Integer> found = new RecentlyUsed<>(CAPACITY);
  private final RecentlyUsed<String, Latest> latest = new RecentlyUsed<>(CAPACITY);

  CachingSchemaRegistry(SchemaRegistry registry, Optional<Duration> latestTtl, Waiting waiting) {
    this.registry = registry;
    this.latestTtl = latestTtl;
    this.waiting = waiting;
    this.pace = new Pace(waiting);
  }

  @Override
  public Optional<Schema> schema(int id) {
    Optional<Schema> known = schemas.get(id);
    if (known.isPresent() || isKnownToBeUnknown(id)) {
      return known;
    }
    foreign
        .get(id)
        .ifPresent(
            problem -> {
              throw problem;
            });
    return ask(id);
  }

  private Optional<Schema> ask(int id) {
    pace.beforeAsking();
    Optional<Schema> schema = askAndNoteForeign(id);
    schema.ifPresentOrElse(
        value -> schemas.put(id, value),
        () -> {
          unknownSince.put(id, waiting.millis());
          pace.foundNothing();
        });
    return schema;
  }

  private Optional<Schema> askAndNoteForeign(int id) {
    try {
      return registry.schema(id);
    } catch (UnreadableRecordException e) {
      foreign.put(id, e);
      throw e;
    }
  }

  @Override
  public int register(String subject, Schema schema, boolean normalize) {
    return registered.get(
        new Written(subject, schema, normalize),
        key -> registry.register(subject, schema, normalize));
  }

  @Override
  public OptionalInt id(String subject, Schema schema, boolean normalize) {
    Written key = new Written(subject, schema, normalize);
    Optional<Integer> known = found.get(key);
    if (known.isPresent()) {
      return OptionalInt.of(known.get());
    }
    OptionalInt id = registry.id(subject, schema, normalize);
    id.ifPresent(value -> found.put(key, value));
    return id;
  }

  @Override
  public Optional<SubjectVersion> latest(String subject) {
    Optional<Latest> known = latest.get(subject).filter(this::isFresh);
    if (known.isPresent()) {
      return known.map(Latest::version);
    }
    Optional<SubjectVersion> version = registry.latest(subject);
    version.ifPresent(value -> latest.put(subject, new Latest(value, waiting.millis())));
    return version;
  }

  @Override
  public void compatibility(String subject, Compatibility level) {
    registry.compatibility(subject, level);
  }

  @Override
  public void probe() {
    registry.probe();
  }

  private boolean isKnownToBeUnknown(int id) {
    return unknownSince
        .get(id)
        .filter(since -> waiting.millis() - since < UNKNOWN_MILLIS)
        .isPresent();
  }

  private boolean isFresh(Latest entry) {
    return latestTtl
        .map(ttl -> waiting.millis() - entry.since() < ttl.toMillis())
        .orElse(Boolean.TRUE);
  }

  private record Written(String subject, Schema schema, boolean normalize) {}

  private record Latest(SubjectVersion version, long since) {}
}
