package io.lgvq.soak.instance;

import io.lgvq.operators.rollout.Phase;
import io.lgvq.operators.rollout.Rollout;
import io.lgvq.soak.model.Model;
import io.lgvq.topology.client.StageClients;
import io.lgvq.topology.clock.SteadyTime;
import io.lgvq.topology.config.RecordLimits;
import io.lgvq.topology.config.StreamsSettings;
import io.lgvq.topology.stage.Stage;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.CloseOptions.GroupMembershipOperation;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.apache.kafka.streams.processor.StateRestoreListener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One instance of some stages or all, in a process of its own: what the application runs, with
 * handles for a harness that breaks it.
 *
 * <p>Commands come as lines on standard input: {@code trap MOMENT MILLIS} ({@code batch}, {@code
 * commit}, {@code restore}), {@code fail STAGE CALLS}, {@code slow STAGE MILLIS}, {@code clock
 * MILLIS}, {@code swap MILLIS} (the other bundle takes over: half of the keys at once, the rest
 * after that time; a bundle that took over gives way at once), {@code stop} (in order, as a member
 * that comes back), {@code leave} (in order, for good). The end of the input ends the process. See
 * {@link News} for what it says.
 *
 * <p>A stage that stops ends the process with exit code 1, as a platform would that looks at
 * liveness. One that cannot be stopped within {@link #GRACE} ends it with {@link #HUNG}.
 */
public final class Instance {

  private static final Logger LOG = LoggerFactory.getLogger(Instance.class);

  /** Longest time for a stop in order. */
  public static final Duration GRACE = Duration.ofSeconds(15);

  /** The exit code of an instance with a stage that did not stop within {@link #GRACE}. */
  public static final int HUNG = 3;

  private final InstanceSettings told;
  private final Traps traps = new Traps();
  private final JumpingTime time = new JumpingTime();
  private final Stages stages;
  private final List<KafkaStreams> streams = new ArrayList<>();
  private final Set<String> running = ConcurrentHashMap.newKeySet();
  private final AtomicBoolean saidRunning = new AtomicBoolean();
  private final CountDownLatch failed = new CountDownLatch(1);

  private Instance(InstanceSettings told, Model model) {
    this.told = told;
    this.stages = Stages.of(told, model, traps);
    traps.set(told.trap());
  }

  /** Arguments: those of {@link InstanceSettings#arguments()}. */
  public static void main(String[] arguments) throws Exception {
    try {
      InstanceSettings told = InstanceSettings.of(arguments);
      LOG.info(
          "{} starts, {} ms after its JVM",
          told.id(),
          ManagementFactory.getRuntimeMXBean().getUptime());
      var instance = new Instance(told, Model.open(told.model()));
      instance.start();
      instance.obey();
    } catch (RuntimeException e) {
      // What a stage of the application does at its start, too: it says why and ends.
      e.printStackTrace();
      News.say(News.FAILED, "start: " + e);
      Runtime.getRuntime().halt(1);
    }
  }

  private void start() {
    new Thread(this::endOnFailure, "end-on-failure").start();
    for (Stage stage : stages.all()) {
      streams.add(streams(stage));
    }
    streams.forEach(KafkaStreams::start);
  }

  private KafkaStreams streams(Stage stage) {
    Properties properties = settings().properties(stage.name());
    var made =
        new KafkaStreams(
            stage.topology(),
            properties,
            new WatchedClients(StageClients.of(properties), traps),
            new SteadyTime(time));
    made.setUncaughtExceptionHandler(
        thrown -> {
          thrown.printStackTrace();
          News.say(News.FAILED, stage.name() + ": " + root(thrown));
          failed.countDown();
          return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
        });
    made.setStateListener(
        (now, before) -> {
          LOG.info("Stage {}: {} (was {})", stage.name(), now, before);
          if (now == KafkaStreams.State.RUNNING) {
            running.add(stage.name());
          } else {
            running.remove(stage.name());
          }
          if (running.size() == stages.all().size() && saidRunning.compareAndSet(false, true)) {
            LOG.info("All stages run, after {} ms of processor time", processorMillis());
            News.say(News.RUNNING, "");
          }
        });
    made.setGlobalStateRestoreListener(new Restoring(traps));
    return made;
  }

  private StreamsSettings settings() {
    StreamsSettings standard = StreamsSettings.standard(told.bootstrapServers(), told.state());
    int session = (int) told.sessionTimeout().toMillis();
    return new StreamsSettings(
        standard.bootstrapServers(),
        standard.prefix(),
        Optional.of(told.id()),
        standard.exactlyOnce(),
        standard.threads(),
        standard.commitInterval(),
        standard.slowestDrain(),
        RecordLimits.of(1 << 20),
        standard.stateDirectory(),
        Map.of(
            "session.timeout.ms",
            Integer.toString(session),
            "heartbeat.interval.ms",
            Integer.toString(session / 4)));
  }

  private void obey() throws IOException {
    var commands = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = commands.readLine(); line != null; line = commands.readLine()) {
      LOG.info("Told: {}", line);
      String[] words = line.split(" ", -1);
      switch (words[0]) {
        case "trap" -> traps.set(words[1] + " " + words[2]);
        case "fail" -> stages.engines().get(words[1]).fail(Integer.parseInt(words[2]));
        case "slow" -> stages.engines().get(words[1]).slow(Long.parseLong(words[2]));
        case "clock" -> time.jumpTo(Long.parseLong(words[1]));
        case "swap" -> swap(Long.parseLong(words[1]));
        case "stop" -> end(GroupMembershipOperation.REMAIN_IN_GROUP, 0);
        case "leave" -> end(GroupMembershipOperation.LEAVE_GROUP, 0);
        default -> throw new IllegalArgumentException("no such command: " + line);
      }
    }
    Runtime.getRuntime().halt(0);
  }

  private void swap(long millis) {
    Rollout rollout = stages.rollout();
    boolean back = rollout.status().phase() == Phase.SWITCHED;
    if (back) {
      rollout.rollBack();
    } else {
      rollout.percentage(0.5);
    }
    News.say(News.SWAPPING, "");
    if (!back) {
      Traps.pause(millis);
      rollout.switchOver();
    }
    News.say(News.SWAPPED, rollout.status().published().title());
  }

  private void endOnFailure() {
    try {
      failed.await();
      end(GroupMembershipOperation.REMAIN_IN_GROUP, 1);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** All at once, so that one slow stop does not eat the grace of the others. */
  private void end(GroupMembershipOperation membership, int code) {
    var hung = new AtomicBoolean();
    List<Thread> stops =
        streams.stream()
            .map(
                each ->
                    new Thread(
                        () -> {
                          var options = CloseOptions.timeout(GRACE);
                          if (!each.close(options.withGroupMembershipOperation(membership))) {
                            hung.set(true);
                          }
                        }))
            .toList();
    stops.forEach(Thread::start);
    for (Thread stop : stops) {
      try {
        stop.join();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    Runtime.getRuntime().halt(hung.get() ? HUNG : code);
  }

  private static long processorMillis() {
    return ProcessHandle.current().info().totalCpuDuration().map(Duration::toMillis).orElse(-1L);
  }

  private static String root(Throwable thrown) {
    Throwable root = thrown;
    while (root.getCause() != null && root.getCause() != root) {
      root = root.getCause();
    }
    return root.toString();
  }

  /** A batch that was restored is a moment for traps: some of the state is there, not all. */
  private record Restoring(Traps traps) implements StateRestoreListener {

    @Override
    public void onRestoreStart(
        TopicPartition partition, String store, long firstOffset, long endOffset) {}

    @Override
    public void onBatchRestored(
        TopicPartition partition, String store, long lastOffset, long restored) {
      traps.at("restore");
    }

    @Override
    public void onRestoreEnd(TopicPartition partition, String store, long restored) {}
  }
}
