package io.lgvq.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lgvq.app.stage.StartException;
import io.lgvq.schemas.event.Question;
import io.lgvq.topology.event.EventSerdes;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SerdeClassesTest {
  private static final Map<String, String> REGISTRY =
      Map.of("schema.registry.url", "http://none:1");

  /** A platform's serializer that the application has never seen. */
  private static final String SOURCE =
      """
      package platform;

      public class LoudSerializer
          implements org.apache.kafka.common.serialization.Serializer<
              org.apache.avro.specific.SpecificRecord> {
        private String url;

        @Override
        public void configure(java.util.Map<String, ?> configuration, boolean isKey) {
          url = (String) configuration.get("schema.registry.url");
        }

        @Override
        public byte[] serialize(String topic, org.apache.avro.specific.SpecificRecord record) {
          return (topic + " " + url + " " + record.get(2)).getBytes();
        }
      }
      """;

  @TempDir private Path folder;

  @Test
  void shouldWriteWithSerializerFromAFolderOfJars() throws Exception {
    jar();
    EventSerdes serdes =
        new SerdeClasses(Optional.of(folder), StartException::new)
            .serdes(Optional.of("platform.LoudSerializer"), Optional.empty(), REGISTRY);
    byte[] written =
        serdes
            .questions()
            .serializer()
            .serialize("questions", new Question("q1", "bus", "what colour?"));
    assertThat(new String(written, StandardCharsets.UTF_8))
        .isEqualTo("questions http://none:1 what colour?");
  }

  @Test
  void shouldSayWhichClassIsNowhere() {
    assertThatThrownBy(
            () ->
                new SerdeClasses(Optional.empty(), StartException::new)
                    .serdes(Optional.empty(), Optional.of("platform.Reader"), REGISTRY))
        .isInstanceOf(StartException.class)
        .hasMessageStartingWith("lgvq.serde.deserializer names platform.Reader, which is neither")
        .hasNoCause();
  }

  @Test
  void shouldSayWhichClassIsNoSerializer() {
    assertThatThrownBy(
            () ->
                new SerdeClasses(Optional.empty(), StartException::new)
                    .serdes(Optional.of("java.lang.String"), Optional.empty(), REGISTRY))
        .isInstanceOf(StartException.class)
        .hasMessageContaining("java.lang.String is no Serializer")
        .hasNoCause();
  }

  @Test
  void shouldSayThatThereIsNoFolderOfJars() {
    assertThatThrownBy(
            () -> new SerdeClasses(Optional.of(folder.resolve("nowhere")), StartException::new))
        .isInstanceOf(StartException.class)
        .hasMessageStartingWith("lgvq.serde.jars names no folder");
  }

  private void jar() throws Exception {
    Path source = Files.writeString(folder.resolve("LoudSerializer.java"), SOURCE);
    Path classes = Files.createDirectory(folder.resolve("classes"));
    int failures =
        ToolProvider.getSystemJavaCompiler()
            .run(
                null,
                null,
                null,
                "-proc:none",
                "-cp",
                System.getProperty("java.class.path"),
                "-d",
                classes.toString(),
                source.toString());
    assertThat(failures).isZero();
    try (OutputStream out = Files.newOutputStream(folder.resolve("platform.jar"));
        JarOutputStream jar = new JarOutputStream(out)) {
      jar.putNextEntry(new JarEntry("platform/LoudSerializer.class"));
      Files.copy(classes.resolve("platform/LoudSerializer.class"), jar);
    }
  }
}
