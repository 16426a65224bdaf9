package io.lgvq.training.corpus.packages;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;

/** Archives that a training needs, pinned with their digests. Immutable. */
public record PackageCatalog(List<PackageSource> sources) {

  /** What the composed scenes are made of. */
  public static PackageCatalog shipped() {
    return read("packages.yaml");
  }

  /** The network that tells how alike two pictures look. */
  public static PackageSource perception() {
    return read("perception.yaml").sources().get(0);
  }

  /** Text encoders besides the one that ships. */
  public static PackageCatalog textEncoders() {
    return read("text-encoders.yaml");
  }

  private static PackageCatalog read(String name) {
    var mapper =
        JsonMapper.builder(new YAMLFactory())
            .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();
    try (InputStream in = PackageCatalog.class.getResourceAsStream(name)) {
      return new PackageCatalog(List.of(mapper.readValue(in, PackageSource[].class)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * The pinned archive of a name.
   *
   * @throws IllegalArgumentException if there is none
   */
  public PackageSource source(String name) {
    return sources.stream()
        .filter(source -> source.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no package '" + name + "' is pinned"));
  }
}
