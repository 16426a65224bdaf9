package io.lgvq.cli.shell;

import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The clone that the launcher belongs to.
 *
 * @param root its top folder
 * @param registryHome folder of the unpacked registry server
 */
public record Project(Path root, Path registryHome) {

  /** As the launcher says in system properties; the working directory if nothing says it. */
  public static Project current() {
    Path root = Path.of(System.getProperty("lgvq.root", "."));
    String registry = System.getProperty("lgvq.registry.home", "");
    return new Project(
        root, registry.isEmpty() ? root.resolve("embedded/target/registry") : Path.of(registry));
  }

  /**
   * The bundle that a command works with: the one given, else the one that comes with the project.
   */
  public Path bundle(Path given) {
    return given.isAbsolute() || Files.exists(given) ? given : root.resolve(given);
  }
}
