package io.lgvq.soak;

import io.lgvq.soak.fault.FaultKind;
import io.lgvq.soak.fleet.Fleet;
import io.lgvq.soak.fleet.Layout;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * What a run is like.
 *
 * @param seed of chance
 * @param faults how many
 * @param kinds to draw from
 * @param rate images a second; there is a question to every two
 * @param model see {@code Model.open}
 * @param samples folder of pictures
 * @param folder for data, state and logs
 * @param questionWait how long questions wait for their image
 * @param sessionTimeout after which an instance that is not heard of loses its partitions
 */
public record SoakSettings(
    long seed,
    int faults,
    List<FaultKind> kinds,
    int rate,
    String model,
    Path samples,
    Path folder,
    Duration questionWait,
    Duration sessionTimeout) {

  /** What all instances are told. */
  public Fleet.Told told() {
    return new Fleet.Told(folder, model, questionWait, sessionTimeout);
  }

  /** Which instances there can be, and what they run. */
  public Layout layout() {
    return Layout.standard();
  }
}
