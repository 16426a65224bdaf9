package io.lgvq.connection;

import io.lgvq.schemas.serde.AvroDeserializer;
import io.lgvq.schemas.serde.AvroSerializer;
import io.lgvq.topology.event.EventSerdes;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.apache.kafka.common.KafkaException;

/**
 * Serializers that are no part of the application ({@code lgvq.serde}): found by name, in jars of a
 * folder where they are not on the class path. What both sides have, Avro and Kafka's clients, is
 * ours, for the two must understand each other. Application and command line find them alike.
 *
 * <p>The classes are used until the process ends, so their loader is never closed.
 */
public final class SerdeClasses {
  private final Function<String, RuntimeException> problem;
  private final ClassLoader loader;

  /**
   * @param jars folder with jars, beside the class path; if it is none, what {@code problem} makes
   *     is thrown
   * @param problem makes what is thrown of a sentence about the property that is wrong
   */
  public SerdeClasses(Optional<Path> jars, Function<String, RuntimeException> problem) {
    this.problem = problem;
    ClassLoader ours = Thread.currentThread().getContextClassLoader();
    this.loader = jars.<ClassLoader>map(folder -> beside(ours, folder)).orElse(ours);
  }

  /**
   * Serdes of two classes, each ours if it is not named. If they cannot be found or used, what
   * {@code problem} makes is thrown.
   */
  public EventSerdes serdes(
      Optional<String> serializer, Optional<String> deserializer, Map<String, String> properties) {
    try {
      return EventSerdes.of(
          find("lgvq.serde.serializer", serializer, AvroSerializer.class),
          find("lgvq.serde.deserializer", deserializer, AvroDeserializer.class),
          properties);
    } catch (KafkaException e) {
      throw problem.apply(
          "lgvq.serde.serializer and lgvq.serde.deserializer cannot be used: %s."
              .formatted(e.getMessage()));
    }
  }

  private Class<?> find(String property, Optional<String> name, Class<?> ours) {
    if (name.isEmpty()) {
      return ours;
    }
    try {
      return Class.forName(name.get(), true, loader);
    } catch (ClassNotFoundException | LinkageError e) {
      throw problem.apply(
          "%s names %s, which is neither on the class path nor, whole, in lgvq.serde.jars (%s)."
              .formatted(property, name.get(), e));
    }
  }

  private URLClassLoader beside(ClassLoader ours, Path folder) {
    List<URL> urls = new ArrayList<>();
    try (DirectoryStream<Path> jars = Files.newDirectoryStream(folder, "*.jar")) {
      for (Path jar : jars) {
        urls.add(url(jar));
      }
    } catch (IOException e) {
      throw problem.apply("lgvq.serde.jars names no folder that can be read: " + folder + ".");
    }
    return new URLClassLoader("lgvq-serde", urls.toArray(URL[]::new), ours);
  }

  private static URL url(Path jar) throws MalformedURLException {
    return jar.toUri().toURL();
  }
}
