package io.lgvq.benchmarks;

import io.lgvq.operators.answer.AnswerRequest;
import io.lgvq.operators.answer.AnswerResult;
import io.lgvq.operators.answer.Answerer;
import io.lgvq.operators.codebook.Codebook;
import io.lgvq.schemas.registry.SchemaRegistry;
import io.lgvq.topology.client.StageClients;
import io.lgvq.topology.clock.SteadyTime;
import io.lgvq.topology.config.AnswerSettings;
import io.lgvq.topology.config.RecordLimits;
import io.lgvq.topology.config.StageSettings;
import io.lgvq.topology.config.StreamsSettings;
import io.lgvq.topology.event.EventSerdes;
import io.lgvq.topology.observe.StageListener;
import io.lgvq.topology.stage.AnswerStage;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.CloseOptions.GroupMembershipOperation;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.processor.StateRestoreListener;

/**
 * The answer stage in a process of its own, so that it can be killed: standard settings, static
 * membership, one thread, and an engine that nobody asks.
 *
 * <p>Says {@value #RUNNING} and how many records it restored once it runs; a line on its input
 * makes it stop in order, as a member that comes back.
 */
final class AnswerProcess implements StateRestoreListener {

  static final String RUNNING = "running ";

  /** Of the tokens that it keeps. */
  static final Codebook CODEBOOK = new Codebook("restart", "1.0.0", "ab".repeat(32), 1_024);

  private final AtomicLong restored = new AtomicLong();

  private AnswerProcess() {}

  /** Arguments: brokers, URL of the registry, folder of its state. */
  public static void main(String[] arguments) throws IOException {
    Map<String, String> registry = Map.of("schema.registry.url", arguments[1]);
    var stage =
        new AnswerStage(
            StageSettings.standard(),
            AnswerSettings.standard(),
            EventSerdes.avro(SchemaRegistry.connect(registry), registry),
            StageListener.none(),
            new Unasked());
    StreamsSettings standard = StreamsSettings.standard(arguments[0], Path.of(arguments[2]));
    var settings =
        new StreamsSettings(
            standard.bootstrapServers(),
            standard.prefix(),
            Optional.of("restart"),
            standard.exactlyOnce(),
            standard.threads(),
            standard.commitInterval(),
            standard.slowestDrain(),
            RecordLimits.of(1 << 20),
            standard.stateDirectory(),
            Map.of());
    Properties properties = settings.properties(stage.name());
    var listener = new AnswerProcess();
    var streams =
        new KafkaStreams(
            stage.topology(), properties, StageClients.of(properties), new SteadyTime());
    streams.setGlobalStateRestoreListener(listener);
    streams.setStateListener(
        (now, before) -> {
          if (now == KafkaStreams.State.RUNNING) {
            System.out.println(RUNNING + listener.restored.get());
          }
        });
    streams.start();
    new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)).readLine();
    streams.close(
        CloseOptions.timeout(Duration.ofMinutes(1))
            .withGroupMembershipOperation(GroupMembershipOperation.REMAIN_IN_GROUP));
    Runtime.getRuntime().halt(0);
  }

  @Override
  public void onRestoreStart(TopicPartition partition, String store, long from, long to) {}

  @Override
  public void onBatchRestored(TopicPartition partition, String store, long end, long count) {
    restored.addAndGet(count);
  }

  @Override
  public void onRestoreEnd(TopicPartition partition, String store, long total) {}

  private static final class Unasked implements Answerer {

    @Override
    public Codebook codebook() {
      return CODEBOOK;
    }

    @Override
    public List<AnswerResult> apply(List<AnswerRequest> batch) {
      throw new IllegalStateException("there are no questions here");
    }

    @Override
    public void close() {}
  }
}
