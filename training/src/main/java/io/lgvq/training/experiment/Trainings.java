package io.lgvq.training.experiment;

import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Runs trainings, some side by side, each in a process of its own: the engine's randomness and
 * threads are a process's, so neighbours could not be told apart in one. Whoever stops this process
 * stops them, also by killing it ({@link Leash}); each goes on from its checkpoint when it is
 * started again.
 *
 * <p>Threading: one thread. Owns the processes that it starts.
 */
public final class Trainings {

  private static final Duration LOOK_EVERY = Duration.ofSeconds(1);
  private static final String LOG = "log.txt";

  private record Running(Trial trial, Process process, Instant since) {}

  private final Function<Trial, List<String>> command;
  private final String settings;
  private final int together;
  private final Consumer<String> say;
  private final List<Running> running = new ArrayList<>();

  /**
   * @param command that trains a trial
   * @param settings what must be equal for trials to be compared
   * @param together how many run at once
   * @param say hears a line at each start and end
   */
  public Trainings(
      Function<Trial, List<String>> command, String settings, int together, Consumer<String> say) {
    this.command = command;
    this.settings = settings;
    this.together = together;
    this.say = say;
  }

  /**
   * A command that starts this very program again in another process, with as large a heap; the
   * process ends with this one if its main method heeds the {@link Leash}.
   *
   * @param arguments of it
   */
  public static List<String> again(String mainClass, List<String> arguments) {
    List<String> command = new ArrayList<>();
    command.add(System.getProperty("java.home") + File.separator + "bin" + File.separator + "java");
    for (String name : List.of("ai.djl.offline", "ai.djl.default_engine", "lgvq.root")) {
      if (System.getProperty(name) != null) {
        command.add("-D" + name + "=" + System.getProperty(name));
      }
    }
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(argument -> argument.startsWith("-Xm"))
        .forEach(command::add);
    command.add("-D" + Leash.PROPERTY + "=true");
    command.addAll(
        List.of(
            "-Djava.awt.headless=true", "-cp", System.getProperty("java.class.path"), mainClass));
    command.addAll(arguments);
    return command;
  }

  /**
   * Runs all trials that are not finished, in order, and writes the record of each; returns when
   * they are.
   *
   * @throws IOException if one fails: the others are stopped, and the message names its log
   */
  public void run(List<Trial> trials) throws IOException, InterruptedException {
    Queue<Trial> waiting = new ArrayDeque<>(trials.stream().filter(t -> !t.finished()).toList());
    Thread stop = new Thread(this::stopAll, "stop trainings");
    Runtime.getRuntime().addShutdownHook(stop);
    try {
      while (!waiting.isEmpty() || !running.isEmpty()) {
        while (running.size() < together && !waiting.isEmpty()) {
          start(waiting.remove());
        }
        Thread.sleep(LOOK_EVERY.toMillis());
        collect(waiting.size());
      }
    } finally {
      stopAll();
      Runtime.getRuntime().removeShutdownHook(stop);
    }
  }

  private void start(Trial trial) throws IOException {
    Files.createDirectories(trial.folder());
    File log = trial.folder().resolve(LOG).toFile();
    Process process =
        new ProcessBuilder(command.apply(trial))
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log))
            .start();
    synchronized (running) {
      running.add(new Running(trial, process, Instant.now()));
    }
    say.accept("begins: " + trial);
  }

  private void collect(int waiting) throws IOException {
    for (Running one : List.copyOf(running)) {
      if (!one.process().isAlive()) {
        synchronized (running) {
          running.remove(one);
        }
        if (one.process().exitValue() != 0 || !Files.exists(one.trial().report())) {
          throw new IOException(
              "the training of %s failed; its log is %s"
                  .formatted(one.trial(), one.trial().folder().resolve(LOG)));
        }
        TrialRecord.of(one.trial(), settings).write(one.trial().record());
        long minutes = Duration.between(one.since(), Instant.now()).toMinutes();
        say.accept(
            "%s took %d min; %d left".formatted(one.trial(), minutes, waiting + running.size()));
      }
    }
  }

  private void stopAll() {
    synchronized (running) {
      running.forEach(one -> one.process().destroy());
    }
  }
}
