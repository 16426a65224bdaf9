package io.lgvq.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What was released is a promise: the schemas of today read every record that any release wrote.
 *
 * <p>{@code released/<version>/} holds a copy of {@code src/main/avro} as of that release; a
 * release adds a folder and changes none (see the module's README).
 */
class ReleasedSchemasTest {

  private static final Path MODULE = Path.of(System.getProperty("lgvq.root"), "schemas");
  private static final Path TODAY = MODULE.resolve("src/main/avro");
  private static final Path RELEASED = MODULE.resolve("src/test/resources/released");

  static List<Path> releasedSchemas() {
    return files(RELEASED, 2);
  }

  static List<Path> schemas() {
    return files(TODAY, 1);
  }

  @ParameterizedTest
  @MethodSource("releasedSchemas")
  void shouldReadRecordsOfThisRelease(Path released) throws IOException {
    Path today = TODAY.resolve(released.getFileName());
    assertThat(today).as("a released contract may not disappear").exists();

    var verdict = SchemaCompatibility.checkReaderWriterCompatibility(parse(today), parse(released));

    assertThat(verdict.getType())
        .as("%s: %s", released, verdict.getResult().getIncompatibilities())
        .isEqualTo(SchemaCompatibilityType.COMPATIBLE);
  }

  @ParameterizedTest
  @MethodSource("schemas")
  void shouldHaveBeenReleasedOnce(Path schema) {
    assertThat(releasedSchemas())
        .as("copy %s into released/<version>/ when it is released", schema.getFileName())
        .anyMatch(path -> path.getFileName().equals(schema.getFileName()));
  }

  @ParameterizedTest
  @MethodSource("schemas")
  void shouldDocumentEveryTypeAndField(Path schema) throws IOException {
    assertDocumented(parse(schema), new ArrayList<>());
  }

  /** A field without a default makes the next release unable to read the records of this one. */
  @Test
  void shouldGiveADefaultToEveryFieldAddedSinceTheFirstRelease() throws IOException {
    for (Path first : files(RELEASED.resolve("0.1.0"), 1)) {
      Schema before = parse(first);
      for (Schema.Field field : parse(TODAY.resolve(first.getFileName())).getFields()) {
        assertThat(before.getField(field.name()) != null || field.hasDefaultValue())
            .as("default of %s in %s", field.name(), first.getFileName())
            .isTrue();
      }
    }
  }

  private static void assertDocumented(Schema schema, List<Schema> seen) {
    switch (schema.getType()) {
      case RECORD -> {
        if (seen.contains(schema)) {
          return;
        }
        seen.add(schema);
        assertThat(schema.getDoc()).as(schema.getFullName()).isNotBlank();
        for (Schema.Field field : schema.getFields()) {
          assertThat(field.doc()).as(schema.getName() + "." + field.name()).isNotBlank();
          assertDocumented(field.schema(), seen);
        }
      }
      case ENUM -> {
        assertThat(schema.getDoc()).as(schema.getFullName()).isNotBlank();
        assertThat(schema.getEnumDefault()).as("default of " + schema.getFullName()).isNotNull();
      }
      case ARRAY -> assertDocumented(schema.getElementType(), seen);
      case MAP -> assertDocumented(schema.getValueType(), seen);
      case UNION -> schema.getTypes().forEach(branch -> assertDocumented(branch, seen));
      default ->
          assertThat(schema.getType())
              .as("a type that needs a decision")
              .isNotEqualTo(Schema.Type.FIXED);
    }
  }

  private static Schema parse(Path file) throws IOException {
    return new Schema.Parser().parse(file.toFile());
  }

  private static List<Path> files(Path folder, int depth) {
    try (Stream<Path> files = Files.walk(folder, depth)) {
      List<Path> schemas =
          files
              .filter(file -> file.toString().endsWith(".avsc"))
              .sorted(Comparator.naturalOrder())
              .toList();
      return schemas.isEmpty() ? fail("no schemas in " + folder) : schemas;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
