package io.lgvq.cli.shell;

import io.lgvq.operators.bundle.BundleShelf;
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
   * The bundle that a command works with: what lies at the path, else in the project, else by that
   * name below its {@code bundles}.
   */
  public Path bundle(Path given) {
    return new BundleShelf(root).find(given);
  }
}
