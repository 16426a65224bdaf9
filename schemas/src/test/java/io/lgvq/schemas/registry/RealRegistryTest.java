package io.lgvq.schemas.registry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lgvq.schemas.RealRegistry;
import io.lgvq.schemas.problem.RegistryUnavailableException;
import io.lgvq.schemas.problem.SchemaRefusedException;
import io.lgvq.schemas.problem.UnreadableRecordException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.junit.jupiter.api.Test;

/** The client against the real registry, where the serdes' tests do not reach. */
class RealRegistryTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final String subject = RealRegistry.freshTopic() + "-value";
  private final SchemaRegistry registry =
      SchemaRegistry.connect(Map.of("schema.registry.url", RealRegistry.url()));

  @Test
  void shouldAnswerAProbe() {
    assertThatCode(registry::probe).doesNotThrowAnyException();
  }

  @Test
  void shouldNumberTheVersionsOfASubject() {
    int first = registry.register(subject, record("a"), false);
    registry.compatibility(subject, Compatibility.FULL_TRANSITIVE);
    int second = registry.register(subject, withOptional("b"), false);

    SubjectVersion latest = registry.latest(subject).orElseThrow();

    assertThat(latest).isEqualTo(new SubjectVersion(second, 2, withOptional("b")));
    assertThat(registry.id(subject, record("a"), false)).hasValue(first);
    assertThat(registry.schema(first)).hasValue(record("a"));
    assertThat(registry.id(subject, record("c"), false)).isEmpty();
  }

  @Test
  void shouldEscapeSubjects() {
    String odd = subject + " with/slash?and&more";

    int id = registry.register(odd, record("a"), false);

    assertThat(registry.latest(odd)).hasValue(new SubjectVersion(id, 1, record("a")));
  }

  @Test
  void shouldResolveSchemasThatReferToOthers() throws Exception {
    registry.register(subject + "-part", record("a"), false);
    ObjectNode body = JSON.createObjectNode();
    body.put(
        "schema",
        """
        {"type": "record", "name": "Whole", "fields": [{"name": "part", "type": "Record"}]}""");
    body.putArray("references")
        .addObject()
        .put("name", "Record")
        .put("subject", subject + "-part")
        .put("version", 1);
    int id = post(body).path("id").asInt();

    Schema whole = registry.schema(id).orElseThrow();

    assertThat(whole.getField("part").schema()).isEqualTo(record("a"));
    assertThat(registry.latest(subject).orElseThrow().schema()).isEqualTo(whole);
  }

  @Test
  void shouldSayThatASchemaIsNotAvro() throws Exception {
    ObjectNode body = JSON.createObjectNode().put("schemaType", "JSON");
    body.put(
        "schema",
        """
        {"$schema": "http://json-schema.org/draft-07/schema#", "type": "object"}""");
    int id = post(body).path("id").intValue();

    assertThatThrownBy(() -> registry.schema(id))
        .isInstanceOfSatisfying(
            UnreadableRecordException.class,
            e -> assertThat(e.reason()).isEqualTo(UnreadableRecordException.Reason.FOREIGN_SCHEMA));
    assertThatThrownBy(() -> registry.latest(subject))
        .isInstanceOf(SchemaRefusedException.class)
        .hasMessageContaining(subject);
  }

  @Test
  void shouldNotTakeAWrongPathForUnknownSchemas() {
    String wrong = RealRegistry.url().replace("/apis/ccompat/v7", "");
    SchemaRegistry lost =
        SchemaRegistry.connect(Map.of("schema.registry.url", wrong, "max.retries", 0));

    assertThatThrownBy(() -> lost.schema(1))
        .isInstanceOf(RegistryUnavailableException.class)
        .hasMessageContaining("HTTP 404");
  }

  private JsonNode post(JsonNode body) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(
                URI.create(RealRegistry.url() + "/subjects/" + subject + "/versions"))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body.toString(), UTF_8))
            .build();
    String answer = HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body();
    return JSON.readTree(answer);
  }

  /** The record of {@code "a"} with one more field that need not be there. */
  private static Schema withOptional(String field) {
    return SchemaBuilder.record("Record")
        .fields()
        .requiredString("a")
        .name(field)
        .type()
        .stringType()
        .stringDefault("none")
        .endRecord();
  }

  private static Schema record(String field) {
    return SchemaBuilder.record("Record").fields().requiredString(field).endRecord();
  }
}
