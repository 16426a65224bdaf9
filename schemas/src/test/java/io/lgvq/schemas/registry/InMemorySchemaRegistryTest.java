package io.lgvq.schemas.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lgvq.schemas.problem.SchemaRefusedException;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.junit.jupiter.api.Test;

/** The registry for topology tests behaves as a real one does. */
class InMemorySchemaRegistryTest {

  private final InMemorySchemaRegistry registry = new InMemorySchemaRegistry();

  @Test
  void shouldGiveOneIdToOneSchemaInAllSubjects() {
    int id = registry.register("one", record("a"), false);

    assertThat(registry.register("two", record("a"), false)).isEqualTo(id);
    assertThat(registry.register("one", record("a"), false)).isEqualTo(id);
    assertThat(registry.latest("one")).hasValue(new SubjectVersion(id, 1, record("a")));
    assertThat(registry.schema(id)).hasValue(record("a"));
  }

  @Test
  void shouldKnowNothingThatWasNotRegistered() {
    assertThat(registry.schema(0)).isEmpty();
    assertThat(registry.schema(1)).isEmpty();
    assertThat(registry.latest("one")).isEmpty();
    assertThat(registry.id("one", record("a"), false)).isEmpty();
  }

  @Test
  void shouldKeepASubjectsRule() {
    registry.compatibility("one", Compatibility.BACKWARD);
    registry.register("one", record("a"), false);

    assertThatThrownBy(() -> registry.register("one", record("a", "b"), false))
        .isInstanceOfSatisfying(
            SchemaRefusedException.class,
            e -> assertThat(e.reason()).isEqualTo(SchemaRefusedException.Reason.INCOMPATIBLE));

    registry.compatibility("one", Compatibility.NONE);
    registry.register("one", record("a", "b"), false);
    assertThat(registry.latest("one").orElseThrow().version()).isEqualTo(2);
  }

  private static Schema record(String... fields) {
    var assembler = SchemaBuilder.record("Record").fields();
    for (String field : fields) {
      assembler = assembler.requiredString(field);
    }
    return assembler.endRecord();
  }
}
