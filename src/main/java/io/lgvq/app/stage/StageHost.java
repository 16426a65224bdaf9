package io.lgvq.app.stage;

import io.lgvq.app.config.LgvqConfig;
import io.lgvq.app.config.Names;
import io.lgvq.app.config.PassThrough;
import io.lgvq.app.metrics.StageMetrics;
import io.lgvq.app.results.ResultsReader;
import io.lgvq.topology.config.RecordLimits;
import io.lgvq.topology.config.StreamsSettings;
import io.lgvq.topology.stage.Stage;
import io.lgvq.topology.stage.TopicLimits;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.jboss.logging.Logger;

/**
 * Runs the chosen stages from start to stop of the process.
 *
 * <p>Start: check the configuration, open the models, see to the topics, start the streams; the
 * first that fails stops the process with a sentence. Stop: all streams and the reader of results
 * at once, then what they borrowed.
 *
 * <p>Threading: the two observers run on the main thread, everything else on any.
 */
@ApplicationScoped
public class StageHost {
  private static final Logger LOG = Logger.getLogger(StageHost.class);

  /** So that one slow stop does not eat the grace period of the others. */
  private static final Executor EACH_ITS_THREAD = stop -> new Thread(stop, "stage-stop").start();

  private final LgvqConfig config;
  private final PassThrough passThrough;
  private final StageMetrics metrics;
  private final ResultsReader reader;
  private final StageFactory factory;
  private final StageTopics topics;
  private final List<AutoCloseable> watched = new ArrayList<>();
  private volatile List<RunningStage> stages = List.of();
  private volatile Set<String> topicsUsed = Set.of();

  StageHost(
      LgvqConfig config,
      PassThrough passThrough,
      Admin admin,
      StageMetrics metrics,
      ResultsReader reader,
      StageFactory factory) {
    this.config = config;
    this.passThrough = passThrough;
    this.metrics = metrics;
    this.reader = reader;
    this.factory = factory;
    this.topics = new StageTopics(admin, config);
  }

  void start(@Observes StartupEvent event) {
    ConfigCheck.check(config, System.getenv());
    StageFactory.Opened opened = factory.open(config.stages());
    topicsUsed = used(opened.stages());
    refuseMissing(topics.ensure(topicsUsed));
    TopicLimits limits = topics.refuseUnfit(opened.stages());
    stages = opened.stages().stream().map(stage -> running(stage, limits)).toList();
    stages.forEach(RunningStage::start);
    if (config.rest().results()) {
      reader.start();
    }
    LOG.infof("Bundle %s is loaded, stages %s are starting", opened.bundle(), config.stages());
  }

  void stop(@Observes ShutdownEvent event) throws Exception {
    Stream<Runnable> stops =
        Stream.concat(stages.stream().map(s -> s::close), Stream.of(reader::close));
    CompletableFuture.allOf(
            stops
                .map(stop -> CompletableFuture.runAsync(stop, EACH_ITS_THREAD))
                .toArray(CompletableFuture[]::new))
        .join();
    for (AutoCloseable meters : watched) {
      meters.close();
    }
    factory.close();
  }

  /** The stages of this process; empty before the start. */
  public List<RunningStage> stages() {
    return stages;
  }

  /** The bundle that publishes, as name:version; empty before the start. */
  public Optional<String> bundle() {
    return factory.bundle();
  }

  /** Topics that this process uses and that are not on the broker. */
  public List<String> missingTopics() {
    return topics.missing(topicsUsed);
  }

  private RunningStage running(Stage stage, TopicLimits limits) {
    RecordLimits records = limits.of(stage, topics.recordBytes());
    Properties properties = settings(records).properties(stage.name(), topics.tasks(stage));
    RunningStage made = new RunningStage(stage, properties, config.shutdownGrace());
    watched.add(metrics.watch(stage.name(), made::running, made.streams()));
    return made;
  }

  private StreamsSettings settings(RecordLimits records) {
    LgvqConfig.Streams streams = config.streams();
    return new StreamsSettings(
        passThrough.properties().get("bootstrap.servers"),
        config.topics().prefix().orElse(""),
        config.instanceId(),
        streams.exactlyOnce(),
        streams.threads(),
        streams.commitInterval(),
        streams.slowestBatch(),
        records,
        streams.stateDir(),
        passThrough.properties());
  }

  private Set<String> used(Collection<Stage> chosen) {
    Set<String> names = new LinkedHashSet<>();
    for (Stage stage : chosen) {
      names.addAll(stage.inputs());
      names.addAll(stage.outputs());
    }
    if (config.rest().results() || config.topics().create()) {
      names.addAll(Names.all(Names.of(config.topics())));
    }
    return names;
  }

  private static void refuseMissing(List<String> missing) {
    if (!missing.isEmpty()) {
      throw new StartException(
          "Kafka has no topic %s; make them, or let the application do it with lgvq.topics.create=true."
              .formatted(String.join(", ", missing)));
    }
  }
}
