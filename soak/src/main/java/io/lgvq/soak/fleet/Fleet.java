package io.lgvq.soak.fleet;

import io.lgvq.soak.instance.InstanceSettings;
import io.lgvq.soak.platform.Platform;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * All slots, and who starts an instance again that ended by itself: what a platform does with a
 * process whose liveness fails. Ownership: whoever made it closes it.
 */
public final class Fleet implements AutoCloseable {

  private final List<Slot> slots = new ArrayList<>();
  private final Consumer<String> log;
  private int fallen;

  private Fleet(Consumer<String> log) {
    this.log = log;
  }

  /**
   * Makes the slots, all empty.
   *
   * @param layout which slots there are
   * @param told what all instances are told, but for their names, their stages and their wires
   * @param log is told of every instance that ended by itself
   * @param hung is told of every instance that did not stop in order
   */
  public static Fleet of(
      Platform platform, Layout layout, Told told, Consumer<String> log, Consumer<String> hung)
      throws IOException, InterruptedException {
    Path folder = told.folder();
    List<String> options = new ArrayList<>(List.of("-Xmx256m", "-Djava.awt.headless=true"));
    options.addAll(List.of("-Dai.djl.offline=true", "-Dai.djl.default_engine=OnnxRuntime"));
    options.addAll(NativeLibraries.unpack(folder.resolve("native")));
    var whole = told.settings(platform, 0, "archive", layout.stages(0));
    List<String> archived = ClassArchive.make(whole, options, folder);
    log.accept(
        archived.isEmpty()
            ? "instances start without an archive of classes"
            : "classes are archived");
    options.addAll(archived);
    var fleet = new Fleet(log);
    for (int slot = 0; slot < layout.slots().size(); slot++) {
      var settings = told.settings(platform, slot, "slot-" + slot, layout.stages(slot));
      Path file = folder.resolve(settings.id() + ".log");
      fleet.slots.add(new Slot(settings, options, file, hung));
    }
    return fleet;
  }

  /**
   * What all instances are told.
   *
   * @param folder for state and logs
   * @param model see {@code Model.open}
   * @param questionWait how long questions wait for their image
   * @param sessionTimeout after which the brokers give an instance's partitions to others
   */
  public record Told(Path folder, String model, Duration questionWait, Duration sessionTimeout) {

    private InstanceSettings settings(
        Platform platform, int slot, String name, List<String> stages) {
      return new InstanceSettings(
          name,
          platform.bootstrapServers(slot),
          platform.registryUrl(),
          folder.resolve("state").resolve(name),
          stages,
          model,
          questionWait,
          sessionTimeout,
          "");
    }
  }

  /** A slot. */
  public Slot slot(int number) {
    return slots.get(number);
  }

  /** Names of all stages that slots run. */
  public Set<String> stages() {
    return slots.stream().flatMap(slot -> slot.stages().stream()).collect(Collectors.toSet());
  }

  /** Whether every instance that is to be there has all its stages running. */
  public boolean isRunning() {
    return slots.stream().allMatch(slot -> !slot.isWanted() || slot.isRunning());
  }

  /** How many instances ended by themselves and were started again. */
  public int fallen() {
    return fallen;
  }

  /** Starts those again that have ended by themselves. */
  public void supervise() {
    for (int number = 0; number < slots.size(); number++) {
      Slot slot = slots.get(number);
      if (slot.isWanted() && !slot.isAlive()) {
        fallen++;
        log.accept("instance %d ended by itself: %s".formatted(number, slot.reason()));
        slot.start();
      }
    }
  }

  /** Stops all in order. */
  public void stop() throws InterruptedException {
    List<Thread> stops = new ArrayList<>();
    for (Slot slot : slots) {
      stops.add(
          new Thread(
              () -> {
                try {
                  slot.leave();
                } catch (InterruptedException e) {
                  Thread.currentThread().interrupt();
                }
              }));
    }
    stops.forEach(Thread::start);
    for (Thread stop : stops) {
      stop.join();
    }
  }

  @Override
  public void close() throws InterruptedException {
    for (Slot slot : slots) {
      slot.kill();
    }
  }
}
