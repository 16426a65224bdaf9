package io.lgvq.embedded;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Starts other main classes of this class path in processes of their own. */
public final class JavaProcess {

  private JavaProcess() {}

  /**
   * The command that starts a main class on the class path of this JVM, with the serial collector
   * and the quick compiler, for these processes live short lives beside each other.
   *
   * @param options of the JVM
   * @param main the class
   * @param arguments of its main method
   */
  public static List<String> command(List<String> options, Class<?> main, List<String> arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-XX:-UsePerfData", "-Xss512k"));
    command.addAll(options);
    command.add("-cp");
    // Under Maven's test runner the JVM's own class path is a jar that names the real one.
    command.add(
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
    command.add(main.getName());
    command.addAll(arguments);
    return command;
  }

  /**
   * Starts a command with pipes to its input and output; what it says on standard error goes to the
   * end of a file.
   *
   * @throws EmbeddedException if it cannot be started
   */
  public static Process start(List<String> command, Path log) {
    try {
      return new ProcessBuilder(command)
          .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
          .start();
    } catch (IOException e) {
      throw new EmbeddedException("cannot start " + command.get(0), e);
    }
  }
}
