package io.lgvq.cli.demo;

import io.lgvq.cli.shell.Failure;
import io.lgvq.cli.shell.Project;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where the demo finds and puts things.
 *
 * @param project the clone
 * @param bundle the models
 * @param pictures folder of the pictures that are sent
 * @param out folder for the page, reconstructions and logs; made if absent
 */
record Layout(Project project, Path bundle, Path pictures, Path out) {

  /** Makes the folders. */
  Layout {
    try {
      Files.createDirectories(out.resolve("logs"));
      Files.createDirectories(out.resolve("reconstructions"));
    } catch (IOException e) {
      throw new Failure("The folder %s cannot be made: %s".formatted(out, e.getMessage()), e);
    }
  }

  Path application() {
    return project.root().resolve("src/target/quarkus-app");
  }

  Path registryHome() {
    return project.registryHome();
  }

  /** Who made the pictures, if their folder says so. */
  Optional<String> credits() {
    Path file = pictures.resolve("ATTRIBUTION.md");
    try {
      return Files.exists(file) ? Optional.of(Files.readString(file)) : Optional.empty();
    } catch (IOException e) {
      throw new Failure("The file %s cannot be read: %s".formatted(file, e.getMessage()), e);
    }
  }

  Path log(String name) {
    return out.resolve("logs").resolve(name + ".log");
  }

  Path page() {
    return out.resolve("index.html");
  }

  Path reconstruction(String imageId) {
    return out.resolve("reconstructions").resolve(imageId + ".png");
  }
}
