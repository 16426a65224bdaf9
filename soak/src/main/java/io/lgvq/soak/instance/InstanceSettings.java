package io.lgvq.soak.instance;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * What an instance is told at its start, as its arguments.
 *
 * @param id lasting name for static membership
 * @param bootstrapServers as the instance may reach them
 * @param registryUrl as the instance may reach it
 * @param state folder of its state
 * @param stages names of the stages to run
 * @param model see {@code Model.open}
 * @param questionWait how long questions wait for their image
 * @param sessionTimeout after which the brokers give its partitions to others
 * @param trap a moment to stop at, as {@link Traps} reads it; empty for none
 */
public record InstanceSettings(
    String id,
    String bootstrapServers,
    String registryUrl,
    Path state,
    List<String> stages,
    String model,
    Duration questionWait,
    Duration sessionTimeout,
    String trap) {

  /** The same with a trap that is set from the start. */
  public InstanceSettings withTrap(String set) {
    return new InstanceSettings(
        id, bootstrapServers, registryUrl, state, stages, model, questionWait, sessionTimeout, set);
  }

  /** For the command line. */
  public List<String> arguments() {
    return List.of(
        id,
        bootstrapServers,
        registryUrl,
        state.toString(),
        String.join(",", stages),
        model,
        questionWait.toString(),
        sessionTimeout.toString(),
        trap);
  }

  static InstanceSettings of(String[] arguments) {
    return new InstanceSettings(
        arguments[0],
        arguments[1],
        arguments[2],
        Path.of(arguments[3]),
        List.of(arguments[4].split(",")),
        arguments[5],
        Duration.parse(arguments[6]),
        Duration.parse(arguments[7]),
        arguments[8]);
  }
}
