package io.lgvq.soak.fleet;

import io.lgvq.embedded.JavaProcess;
import io.lgvq.soak.instance.Instance;
import io.lgvq.soak.instance.InstanceSettings;
import io.lgvq.soak.instance.News;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * The place of one instance: its lasting name, its state directory, and the process that runs there
 * at the moment, if any.
 *
 * <p>Threading: for the harness's one thread; another listens to the process.
 */
public final class Slot {

  private final InstanceSettings settings;
  private final List<String> options;
  private final Path log;
  private final Consumer<String> hung;

  private BlockingQueue<String> news = new LinkedBlockingQueue<>();
  private Process process;
  private boolean wanted;
  private volatile boolean running;
  private volatile String reason = "";

  /**
   * @param log what the process says on standard error
   * @param hung is told of every process that did not stop in order, in a sentence
   */
  Slot(InstanceSettings settings, List<String> options, Path log, Consumer<String> hung) {
    this.settings = settings;
    this.options = options;
    this.log = log;
    this.hung = hung;
  }

  /** The lasting name of its instance. */
  public String name() {
    return settings.id();
  }

  /** Names of the stages that its instance runs. */
  public List<String> stages() {
    return settings.stages();
  }

  /** Starts a process that is to stay; returns at once. */
  public void start() {
    wanted = true;
    launch(settings, List.of());
  }

  /** Starts a process that stops at the first moment of a kind; returns at once. */
  public void start(String moment, Duration hold) {
    wanted = true;
    launch(settings.withTrap(moment + " " + hold.toMillis()), List.of());
  }

  /**
   * Starts a process none of whose files can grow beyond a size, as if the disk were full; returns
   * at once.
   *
   * @param kilobytes the size
   */
  public void startWithFullDisk(int kilobytes) {
    wanted = false;
    String limited = "ulimit -f " + kilobytes + "; exec \"$@\"";
    launch(settings, List.of("bash", "-c", limited, "bash"));
  }

  /**
   * From now on no file of the process can grow, as if the disk had filled under it. Its log is
   * such a file, too.
   *
   * @return false if the machine has no program {@code prlimit} that could do it
   */
  public boolean fillDisk() throws InterruptedException {
    try {
      return new ProcessBuilder("prlimit", "--pid", Long.toString(process.pid()), "--fsize=1")
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (IOException e) {
      return false;
    }
  }

  /** Whether there is to be an instance here. */
  public boolean isWanted() {
    return wanted;
  }

  /** Whether a process runs. */
  public boolean isAlive() {
    return process != null && process.isAlive();
  }

  /** Whether all its stages have run since its process was started. */
  public boolean isRunning() {
    return running && isAlive();
  }

  /** Why the last stage of this process that stopped by itself did so; empty if none did. */
  public String reason() {
    return reason;
  }

  /** Tells the process something; see {@link Instance}. */
  public void tell(String command) {
    try {
      Writer commands = process.outputWriter(StandardCharsets.UTF_8);
      commands.write(command + "\n");
      commands.flush();
    } catch (IOException e) {
      // It has ended meanwhile, which whoever waits for its news will notice.
    }
  }

  /**
   * Waits for news that begin with a word; others are passed over.
   *
   * @return whether they came, before the time was over or the process ended
   */
  public boolean await(String word, Duration patience) throws InterruptedException {
    long deadline = System.nanoTime() + patience.toNanos();
    while (System.nanoTime() < deadline) {
      String line = news.poll(20, TimeUnit.MILLISECONDS);
      if (line != null && line.startsWith(word)) {
        return true;
      }
      if (line == null && !isAlive() && news.isEmpty()) {
        return false;
      }
    }
    return false;
  }

  /**
   * Waits until the process has ended as it was told, or as a stage of it failed. Whoever listens
   * for processes that hang is told if a stage did not stop in time, and the process is killed if
   * it does not end.
   */
  public void awaitEnd() throws InterruptedException {
    if (!process.waitFor(Instance.GRACE.toSeconds() + 15, TimeUnit.SECONDS)) {
      hung.accept(name() + " did not end and was killed");
    } else if (process.exitValue() == Instance.HUNG) {
      hung.accept(
          "a stage of %s did not stop within %d s".formatted(name(), Instance.GRACE.toSeconds()));
    }
    kill();
  }

  /** SIGKILL; returns when the process has ended. */
  public void kill() throws InterruptedException {
    if (process != null) {
      process.destroyForcibly().waitFor();
    }
    running = false;
  }

  /** Stops the process in order, as a member of its groups that comes back. */
  public void stop() throws InterruptedException {
    end("stop");
  }

  /** Stops the process in order, for good: its partitions go to others at once. */
  public void leave() throws InterruptedException {
    wanted = false;
    end("leave");
  }

  /** How many bytes the state directory holds. */
  public long stateBytes() {
    return Folders.bytes(settings.state());
  }

  /** Deletes the state directory; no process may run. */
  public void deleteState() {
    Folders.delete(settings.state());
  }

  private void end(String command) throws InterruptedException {
    if (isAlive()) {
      tell(command);
      awaitEnd();
    }
  }

  private void launch(InstanceSettings told, List<String> before) {
    running = false;
    reason = "";
    news = new LinkedBlockingQueue<>();
    List<String> command = new ArrayList<>(before);
    command.addAll(JavaProcess.command(options, Instance.class, told.arguments()));
    process = JavaProcess.start(command, log);
    Process started = process;
    BlockingQueue<String> queue = news;
    var listener = new Thread(() -> listen(started, queue), "slot-" + settings.id());
    listener.setDaemon(true);
    listener.start();
  }

  private void listen(Process started, BlockingQueue<String> queue) {
    try (BufferedReader said = started.inputReader(StandardCharsets.UTF_8)) {
      for (String line = said.readLine(); line != null; line = said.readLine()) {
        if (line.startsWith(News.RUNNING)) {
          running = started == process;
        } else if (line.startsWith(News.FAILED)) {
          reason = line.substring(News.FAILED.length()).strip();
        }
        queue.add(line);
      }
    } catch (IOException e) {
      // Killed: it has nothing more to say.
    }
  }
}
