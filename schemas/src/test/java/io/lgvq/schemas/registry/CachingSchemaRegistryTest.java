package io.lgvq.schemas.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lgvq.schemas.problem.UnreadableRecordException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How often a registry is really asked, counted at a server's socket. */
class CachingSchemaRegistryTest {

  private static final Schema SCHEMA = SchemaBuilder.record("Empty").fields().endRecord();

  private final StubRegistry stub = StubRegistry.start();
  private final ManualWaiting waiting = new ManualWaiting();

  @AfterEach
  void close() {
    stub.close();
  }

  @Test
  void shouldAskOnceForASchema() {
    SchemaRegistry registry = caching(Optional.empty());

    for (int i = 0; i < 100; i++) {
      assertThat(registry.schema(7)).isPresent();
    }

    assertThat(stub.requests()).containsExactly("GET /schemas/ids/7");
  }

  @Test
  void shouldRegisterAndLookUpOnceForEachSubject() {
    SchemaRegistry registry = caching(Optional.empty());

    for (int i = 0; i < 100; i++) {
      assertThat(registry.register("a", SCHEMA, false)).isEqualTo(7);
      assertThat(registry.register("b", SCHEMA, true)).isEqualTo(7);
      assertThat(registry.id("a b", SCHEMA, false)).hasValue(7);
    }

    assertThat(stub.requests())
        .containsExactly(
            "POST /subjects/a/versions",
            "POST /subjects/b/versions?normalize=true",
            "POST /subjects/a%20b");
  }

  @Test
  void shouldNotRememberThatASubjectLacksASchema() {
    stub.then(1, 404, "{\"error_code\": 40403}");
    SchemaRegistry registry = caching(Optional.empty());

    assertThat(registry.id("a", SCHEMA, false)).isEmpty();
    assertThat(registry.id("a", SCHEMA, false)).hasValue(7);
  }

  @Test
  void shouldRememberAnUnknownIdForAWhileOnly() {
    stub.always(404, StubRegistry.UNKNOWN);
    SchemaRegistry registry = caching(Optional.empty());

    for (int i = 0; i < 100; i++) {
      assertThat(registry.schema(7)).isEmpty();
    }
    assertThat(stub.requests()).hasSize(1);

    stub.always(200, StubRegistry.SCHEMA);
    waiting.advance(CachingSchemaRegistry.UNKNOWN_MILLIS);
    assertThat(registry.schema(7)).isPresent();
  }

  @Test
  void shouldSlowDownAFeedThatInventsIds() {
    SchemaRegistry registry =
        new CachingSchemaRegistry(new InMemorySchemaRegistry(), Optional.empty(), waiting);
    long start = waiting.millis();

    for (int id = 1; id <= 500; id++) {
      assertThat(registry.schema(id)).isEmpty();
    }

    assertThat(waiting.millis() - start)
        .isBetween((500 - Pace.BURST - 1) * Pace.MILLIS_EACH, 500 * Pace.MILLIS_EACH);
  }

  @Test
  void shouldNotSlowDownAFeedOfManyGoodSchemas() {
    InMemorySchemaRegistry full = new InMemorySchemaRegistry();
    SchemaRegistry registry = new CachingSchemaRegistry(full, Optional.empty(), waiting);

    for (int i = 0; i < 500; i++) {
      Schema schema = SchemaBuilder.record("Record" + i).fields().endRecord();
      assertThat(registry.schema(full.register("subject" + i, schema, false))).hasValue(schema);
    }

    assertThat(waiting.sleeps()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"schemaType\": \"JSON\", \"schema\": \"{}\"}",
        "{\"schema\": \"{\\\"type\\\": \\\"object\\\"}\"}",
        "{\"schema\": \"not even JSON\"}"
      })
  void shouldAskOnceForASchemaThatIsNotAvro(String answer) {
    stub.always(200, answer);
    SchemaRegistry registry = caching(Optional.empty());

    for (int i = 0; i < 100; i++) {
      assertThatThrownBy(() -> registry.schema(7))
          .isInstanceOfSatisfying(
              UnreadableRecordException.class,
              e ->
                  assertThat(e.reason())
                      .isEqualTo(UnreadableRecordException.Reason.FOREIGN_SCHEMA));
    }

    assertThat(stub.requests()).hasSize(1);
  }

  @Test
  void shouldForgetTheLatestVersionAfterItsTime() {
    SchemaRegistry registry = caching(Optional.of(Duration.ofSeconds(60)));

    registry.latest("a");
    waiting.advance(59_999);
    registry.latest("a");
    assertThat(stub.requests()).hasSize(1);

    waiting.advance(1);
    registry.latest("a");
    assertThat(stub.requests()).hasSize(2);
  }

  @Test
  void shouldKeepTheLatestVersionForEverUnlessToldOtherwise() {
    SchemaRegistry registry = caching(Optional.empty());

    registry.latest("a");
    waiting.advance(Duration.ofDays(365).toMillis());
    registry.latest("a");

    assertThat(stub.requests()).containsExactly("GET /subjects/a/versions/latest");
  }

  @Test
  void shouldForgetTheLeastRecentlyUsedFirst() {
    RecentlyUsed<String, Integer> map = new RecentlyUsed<>(2);
    map.put("a", 1);
    map.put("b", 2);
    assertThat(map.get("a")).hasValue(1);

    map.put("c", 3);

    assertThat(map.get("b")).isEmpty();
    assertThat(map.get("a")).hasValue(1);
  }

  private SchemaRegistry caching(Optional<Duration> latestTtl) {
    RegistrySettings settings = RegistrySettings.from(Map.of("schema.registry.url", stub.url()));
    return new CachingSchemaRegistry(
        new RestSchemaRegistry(new RegistryHttp(settings, waiting)), latestTtl, waiting);
  }
}
