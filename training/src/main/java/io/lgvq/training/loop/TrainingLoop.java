package io.lgvq.training.loop;

import ai.djl.engine.Engine;
import io.lgvq.training.weights.SafeTensors;
import io.lgvq.training.weights.SafeTensorsFile;
import io.lgvq.training.weights.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import me.tongfei.progressbar.ProgressBar;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Trains a {@link Learner}: steps, a progress bar, loss curves, and checkpoints from which it goes
 * on. Told to stop (SIGTERM, Ctrl-C), it writes one more and ends with the JVM. A learner whose
 * checkpoint has all its steps is restored and nothing more.
 *
 * <p>Files in the folder: {@code NAME.checkpoint.safetensors}, {@code NAME.losses.csv}, {@code
 * NAME.losses.png}.
 */
public final class TrainingLoop {

  private static final Logger LOG = LoggerFactory.getLogger(TrainingLoop.class);
  private static final String STEP = "step";
  private static final String CONFIGURATION = "configuration";
  private static final int LINES_A_RUN = 400;

  /** What a step took, beside its losses. */
  public static final String MILLISECONDS = "milliseconds";

  /** Memory of the process after a step, in megabytes; a column where the system tells. */
  public static final String RESIDENT = "resident MB";

  private final Path folder;
  private final Duration checkpointEvery;
  private final long seed;

  /**
   * @param folder for checkpoints and curves; made if missing
   * @param checkpointEvery time between two checkpoints
   * @param seed of the engine's own randomness (dropout), with the step's number
   */
  public TrainingLoop(Path folder, Duration checkpointEvery, long seed) {
    this.folder = folder;
    this.checkpointEvery = checkpointEvery;
    this.seed = seed;
  }

  /**
   * Trains up to a number of steps in all.
   *
   * @throws IllegalStateException if a checkpoint of another configuration is in the folder
   */
  public void run(Learner learner, long steps) throws IOException {
    run(learner, steps, steps);
  }

  /**
   * As {@link #run(Learner, long)}, but stops with a checkpoint after {@code until} steps in all.
   */
  public void run(Learner learner, long steps, long until) throws IOException {
    Files.createDirectories(folder);
    Path checkpoint = file(learner.name(), "checkpoint.safetensors");
    long step = resume(learner, checkpoint);
    Path csv = file(learner.name(), "losses.csv");
    LossLog log = new LossLog(csv, (int) Math.max(1, steps / LINES_A_RUN));
    log.rewind(step);
    if (step >= until) {
      return;
    }
    try (StopSignal stop = StopSignal.heed();
        ProgressBar bar =
            Bars.of(learner.name(), step * learner.batch(), until * learner.batch())) {
      long saved = System.nanoTime();
      while (step < until) {
        Engine.getInstance().setRandomSeed((int) (seed * 31 + step));
        long began = System.nanoTime();
        Map<String, Float> report = new LinkedHashMap<>(learner.step(step));
        report.put(MILLISECONDS, (System.nanoTime() - began) / 1e6f);
        ResidentMemory.megabytes().ifPresent(memory -> report.put(RESIDENT, (float) memory));
        log.add(step, report);
        step++;
        bar.stepBy(learner.batch());
        bar.setExtraMessage(log.recent());
        boolean stopped = stop.received();
        if (stopped || step == until || System.nanoTime() - saved > checkpointEvery.toNanos()) {
          save(learner, step, checkpoint);
          LossPlot.draw(learner.name(), csv, file(learner.name(), "losses.png"));
          saved = System.nanoTime();
        }
        if (stopped) {
          LOG.info("{} stops after step {}, which is kept", learner.name(), step);
          stop.end();
        }
      }
    }
  }

  /** The state of a learner in this folder that has finished its steps. */
  public Optional<Map<String, Tensor>> finished(String name, long steps) throws IOException {
    Path checkpoint = file(name, "checkpoint.safetensors");
    if (!Files.exists(checkpoint)) {
      return Optional.empty();
    }
    SafeTensors saved = SafeTensors.read(checkpoint);
    return Long.parseLong(saved.notes().get(STEP)) < steps
        ? Optional.empty()
        : Optional.of(saved.tensors());
  }

  /** What the checkpoint of a learner in this folder says of its settings, if there is one. */
  public Optional<String> configuration(String name) throws IOException {
    Path checkpoint = file(name, "checkpoint.safetensors");
    if (!Files.exists(checkpoint)) {
      return Optional.empty();
    }
    try (SafeTensorsFile saved = SafeTensorsFile.open(checkpoint)) {
      return Optional.ofNullable(saved.notes().get(CONFIGURATION));
    }
  }

  /**
   * Makes sure that something in a run's folder is of the run that wants to go on with it.
   *
   * @param file that was trained
   * @param found the {@link Learner#configuration()} that it was trained with, if it is known
   * @param wanted the one that it should have been trained with
   * @throws IllegalStateException if they differ, or nobody knows
   */
  public static void requireSettings(Path file, Optional<String> found, String wanted) {
    if (found.isEmpty()) {
      throw new IllegalStateException(
          "%s does not say with which settings it was trained. Remove it or choose another folder"
              .formatted(file));
    }
    if (!found.get().equals(wanted)) {
      throw new IllegalStateException(
          "%s was trained with other settings: %s instead of %s. Remove it or choose another folder"
              .formatted(file, found.get(), wanted));
    }
  }

  /** Time that all steps in this folder took, whenever they were. */
  public Duration stepTime() throws IOException {
    return StepTime.in(folder);
  }

  /** Where a run keeps what it needs to go on. */
  public Path folder() {
    return folder;
  }

  private Path file(String name, String suffix) {
    return folder.resolve(name + "." + suffix);
  }

  private static long resume(Learner learner, Path checkpoint) throws IOException {
    if (!Files.exists(checkpoint)) {
      return 0;
    }
    SafeTensors saved = SafeTensors.read(checkpoint);
    requireSettings(
        checkpoint, Optional.ofNullable(saved.notes().get(CONFIGURATION)), learner.configuration());
    learner.restore(saved.tensors());
    long step = Long.parseLong(saved.notes().get(STEP));
    LOG.info("{} goes on after step {} of {}", learner.name(), step, checkpoint);
    return step;
  }

  private static void save(Learner learner, long step, Path checkpoint) throws IOException {
    Map<String, String> notes =
        Map.of(STEP, Long.toString(step), CONFIGURATION, learner.configuration());
    new SafeTensors(learner.state(), notes).write(checkpoint);
  }
}
