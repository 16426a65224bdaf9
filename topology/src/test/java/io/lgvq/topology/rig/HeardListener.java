package io.lgvq.topology.rig;

import io.lgvq.operators.drift.Drift;
import io.lgvq.topology.deadletter.DeadLetterReason;
import io.lgvq.topology.observe.StageListener;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Remembers what a stage said, a line each. */
public final class HeardListener implements StageListener {

  private final List<String> lines = new CopyOnWriteArrayList<>();

  /** The lines, in order. */
  public List<String> lines() {
    return lines;
  }

  @Override
  public void received(String stage, String topic) {
    lines.add(stage + " received from " + topic);
  }

  @Override
  public void drained(String stage, int size, Duration operatorTime, Duration queueAge) {
    lines.add(stage + " drained " + size + " after " + queueAge.toMillis() + " ms");
  }

  @Override
  public void retrying(String stage, int attempt, RuntimeException failure) {
    lines.add(stage + " retries after " + attempt);
  }

  @Override
  public void deadLettered(String stage, DeadLetterReason reason) {
    lines.add(stage + " dead-lettered " + reason.code());
  }

  @Override
  public void drifted(String stage, int partition, String codebook, Drift drift) {
    lines.add(stage + " closed a window of " + drift.images() + " in " + partition);
  }

  @Override
  public void driftRetired(String stage, int partition, String codebook) {
    lines.add(stage + " forgets " + codebook + " in " + partition);
  }

  @Override
  public void driftUnwatched(String stage, int partition) {
    lines.add(stage + " watches " + partition + " no longer");
  }

  @Override
  public void unknownImage(String stage) {
    lines.add(stage + " knows no image");
  }
}
