package io.lgvq.schemas.registry;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lgvq.schemas.problem.RegistryUnavailableException;
import io.lgvq.schemas.problem.SchemaRefusedException;
import io.lgvq.schemas.problem.SchemaRefusedException.Reason;
import io.lgvq.schemas.problem.UnreadableRecordException;
import io.lgvq.schemas.registry.RegistryHttp.Answer;
import java.net.URLEncoder;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.avro.NameValidator;
import org.apache.avro.Schema;
import org.apache.avro.SchemaParseException;

/**
 * The registry behind Confluent's REST API, as served by Confluent, Apicurio (ccompat), Karapace
 * and Redpanda. Remembers nothing: see {@link CachingSchemaRegistry}.
 */
final class RestSchemaRegistry implements SchemaRegistry {

  private static final int CONFLICT = 409;

  private final RegistryHttp http;

  RestSchemaRegistry(RegistryHttp http) {
    this.http = http;
  }

  @Override
  public Optional<Schema> schema(int id) {
    Answer answer = http.get("/schemas/ids/" + id);
    if (answer.notFound()) {
      return Optional.empty();
    }
    JsonNode json = expectOk(answer, "schema id " + id);
    String type = json.path("schemaType").asText("AVRO");
    if (!"AVRO".equals(type)) {
      throw new UnreadableRecordException(
          UnreadableRecordException.Reason.FOREIGN_SCHEMA,
          "Schema id %d is of type %s, expected AVRO.".formatted(id, type));
    }
    try {
      return Optional.of(parse(json));
    } catch (SchemaParseException e) {
      throw new UnreadableRecordException(
          UnreadableRecordException.Reason.FOREIGN_SCHEMA,
          "The registry's schema of id %d is not Avro: %s".formatted(id, e.getMessage()),
          e);
    }
  }

  @Override
  public int register(String subject, Schema schema, boolean normalize) {
    String path = path(subject) + "/versions" + query(normalize);
    Answer answer = http.post(path, body(schema));
    if (answer.status() == CONFLICT) {
      // Apicurio says so of a schema that does not fit, and also to the slower of two that register
      // the same one at once, whose second request is answered with the id.
      answer = http.post(path, body(schema));
    }
    return id(expectOk(answer, "subject " + subject));
  }

  @Override
  public OptionalInt id(String subject, Schema schema, boolean normalize) {
    Answer answer = http.post(path(subject) + query(normalize), body(schema));
    return answer.notFound()
        ? OptionalInt.empty()
        : OptionalInt.of(id(expectOk(answer, "subject " + subject)));
  }

  @Override
  public Optional<SubjectVersion> latest(String subject) {
    Answer answer = http.get(path(subject) + "/versions/latest");
    if (answer.notFound()) {
      return Optional.empty();
    }
    JsonNode json = expectOk(answer, "subject " + subject);
    try {
      return Optional.of(new SubjectVersion(id(json), json.path("version").asInt(), parse(json)));
    } catch (SchemaParseException e) {
      throw new SchemaRefusedException(
          Reason.INVALID,
          "The latest version of subject %s is not Avro: %s".formatted(subject, e.getMessage()));
    }
  }

  @Override
  public void compatibility(String subject, Compatibility level) {
    ObjectNode body = JsonNodeFactory.instance.objectNode().put("compatibility", level.name());
    expectOk(http.put("/config/" + encode(subject), body), "subject " + subject);
  }

  @Override
  public void probe() {
    expectOk(http.get("/schemas/types"), "its schema types");
  }

  private static JsonNode expectOk(Answer answer, String about) {
    if (answer.ok()) {
      return answer.json();
    }
    Reason reason = answer.status() == CONFLICT ? Reason.INCOMPATIBLE : Reason.INVALID;
    throw new SchemaRefusedException(
        reason, "The registry refused the request about %s: %s".formatted(about, answer.message()));
  }

  private static int id(JsonNode json) {
    if (!json.path("id").canConvertToInt()) {
      throw new RegistryUnavailableException(
          "The registry's answer holds no schema id: is schema.registry.url right?");
    }
    return json.path("id").intValue();
  }

  /** Lenient about names and defaults: another writer's schema only has to describe its bytes. */
  private Schema parse(JsonNode json) {
    Schema.Parser parser = new Schema.Parser(NameValidator.NO_VALIDATION);
    return parse(parser.setValidateDefaults(false), json, 0);
  }

  /** Schemas that others are built from come first, so that the parser knows their names. */
  private Schema parse(Schema.Parser parser, JsonNode json, int level) {
    if (level > 32) {
      throw new SchemaParseException("its references are nested more than 32 deep");
    }
    for (JsonNode reference : json.path("references")) {
      if (!parser.getTypes().containsKey(reference.path("name").asText())) {
        String subject = reference.path("subject").asText();
        String path = path(subject) + "/versions/" + reference.path("version").asInt();
        parse(parser, expectOk(http.get(path), "the reference to " + subject), level + 1);
      }
    }
    if (!json.path("schema").isTextual()) {
      throw new RegistryUnavailableException(
          "The registry's answer holds no schema: is schema.registry.url right?");
    }
    try {
      return parser.parse(json.path("schema").textValue());
    } catch (RuntimeException e) {
      // Avro's parser throws more than its own exceptions, NullPointerException for an unknown
      // type.
      throw new SchemaParseException(e);
    }
  }

  private static ObjectNode body(Schema schema) {
    return JsonNodeFactory.instance.objectNode().put("schema", schema.toString());
  }

  private static String path(String subject) {
    return "/subjects/" + encode(subject);
  }

  private static String encode(String segment) {
    return URLEncoder.encode(segment, UTF_8).replace("+", "%20");
  }

  private static String query(boolean normalize) {
    return normalize ? "?normalize=true" : "";
  }
}
