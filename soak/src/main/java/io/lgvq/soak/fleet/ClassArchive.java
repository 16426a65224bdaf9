package io.lgvq.soak.fleet;

import io.lgvq.soak.instance.InstanceSettings;
import io.lgvq.soak.instance.News;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * The classes of an instance as the JVM has them in memory, in a file (class data sharing, JEP 310
 * and JEP 350): what starts with it reads and checks none of them again. A platform would build its
 * image with one; the harness makes one by letting an instance run and stop in order.
 */
final class ClassArchive {
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private ClassArchive() {}

  /**
   * Makes the archive.
   *
   * @param settings of the instance that runs for it, as no other instance is called
   * @param options of all instances
   * @param folder for archive and log
   * @return options by which JVMs use it; empty where there can be none, for it takes a class path
   *     of jar files alone
   */
  static List<String> make(InstanceSettings settings, List<String> options, Path folder)
      throws InterruptedException {
    if (!isOfJars(System.getProperty("java.class.path"))) {
      return List.of();
    }
    Path archive = folder.resolve("classes.jsa");
    List<String> writing =
        Stream.concat(options.stream(), Stream.of("-XX:ArchiveClassesAtExit=" + archive)).toList();
    // Its stop writes the archive, which may well take time.
    var slot = new Slot(settings, writing, folder.resolve("classes.log"), late -> {});
    slot.start();
    boolean ran = slot.await(News.RUNNING, PATIENCE);
    slot.leave();
    return ran && Files.exists(archive) ? List.of("-XX:SharedArchiveFile=" + archive) : List.of();
  }

  private static boolean isOfJars(String classPath) {
    return Stream.of(classPath.split(File.pathSeparator)).allMatch(path -> path.endsWith(".jar"));
  }
}
