package io.lgvq.operators.bundle;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * Where commands look for a bundle that is named: the bundles of a project lie in its folder {@code
 * bundles}.
 *
 * @param root top folder of the project
 */
public record BundleShelf(Path root) {

  /** As the launcher says in system properties; the working directory if nothing says it. */
  public static BundleShelf current() {
    return new BundleShelf(Path.of(System.getProperty("lgvq.root", ".")));
  }

  /**
   * What lies at a path; else what lies there from the project's top folder, and else below {@code
   * bundles}.
   *
   * @param given a path or a name, for instance {@code lgvq-small}
   * @return the first of them that exists, or what was given
   */
  public Path find(Path given) {
    return Stream.of(given, root.resolve(given), root.resolve("bundles").resolve(given))
        .filter(Files::exists)
        .findFirst()
        .orElse(given);
  }
}
