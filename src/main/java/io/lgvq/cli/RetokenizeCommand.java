package io.lgvq.cli;

import io.lgvq.cli.kafka.KafkaOptions;
import io.lgvq.cli.kafka.ServeProperties;
import io.lgvq.cli.shell.Failure;
import io.lgvq.cli.shell.Json;
import io.lgvq.operators.codebook.Codebook;
import io.lgvq.operators.image.ImageLimits;
import io.lgvq.operators.rollout.PictureTokenizer;
import io.lgvq.operators.rollout.Rollout;
import io.lgvq.operators.serve.BundleOperators;
import io.lgvq.schemas.event.ImageTokens;
import io.lgvq.schemas.registry.SchemaRegistry;
import io.lgvq.topology.batch.BatchJob;
import io.lgvq.topology.claimcheck.ClaimCheck;
import io.lgvq.topology.claimcheck.ClaimCheckSettings;
import io.lgvq.topology.config.RetrySettings;
import io.lgvq.topology.config.StageSettings;
import io.lgvq.topology.config.TopicNames;
import io.lgvq.topology.event.EventSerdes;
import io.lgvq.topology.observe.StageListener;
import io.lgvq.topology.retokenize.Progress;
import io.lgvq.topology.retokenize.Retokenize;
import io.lgvq.topology.retokenize.RetokenizeSettings;
import io.lgvq.topology.stage.TokenizeStage;
import java.io.PrintWriter;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Replays the topic of images into a new topic of tokens, with another bundle. */
@Command(
    name = "retokenize",
    mixinStandardHelpOptions = true,
    description = "Replay the topic of images into a new topic of tokens, with another bundle.",
    footer = {
      "",
      "Ends where the images ended when it was started. Killed, it goes on where it was when it is",
      "started again, and writes nothing twice. The topics must be there.",
      "",
      "For instance:",
      "  lgvq retokenize --bundle bundles/lgvq-small --to lgvq.tokens-2 \\",
      "    -Dkafka.bootstrap.servers=kafka:9092 -Dschema.registry.url=http://registry:8081"
    })
final class RetokenizeCommand implements Callable<Integer> {
  private static final long REPORT_EVERY_MS = 5_000;
  private static final int MOST_BYTES = 24 << 20;

  @Spec private CommandSpec spec;
  @Mixin private ModelOptions model;
  @Mixin private KafkaOptions kafka;

  @Option(
      names = "--to",
      required = true,
      paramLabel = "TOPIC",
      description = "Where the tokens go.")
  private String to;

  @Option(
      names = "--from-beginning",
      description = "Forget what earlier runs have done, and write it once more.")
  private boolean fromBeginning;

  @Option(
      names = "--max-batch",
      paramLabel = "N",
      defaultValue = "32",
      description = "Most images a call of the model. Default: ${DEFAULT-VALUE}.")
  private int maxBatch;

  @Option(names = "--json", description = "Print the result as JSON.")
  private boolean json;

  @Override
  public Integer call() {
    ServeProperties properties = kafka.properties(spec);
    BundleOperators operators = model.operators();
    try (var decoder = operators.decoder(ImageLimits.standard());
        var tokenizer = operators.tokenizer()) {
      var eyes =
          new PictureTokenizer(decoder, tokenizer, operators.bundle().manifest().image().fit());
      return run(Rollout.only(tokenizer.codebook(), PictureTokenizer.class, eyes), properties);
    } catch (ProducerFencedException e) {
      throw new Failure("Another run of the same job took over.", e);
    } catch (KafkaException e) {
      throw new Failure("The job stopped; started again it goes on: " + e.getMessage(), e);
    }
  }

  private int run(Rollout rollout, ServeProperties properties) {
    Codebook codebook = rollout.codebooks().get(0);
    String group = RetokenizeSettings.group(to, codebook.digest());
    Map<String, Object> reading = new HashMap<>(properties.kafka());
    reading.put("group.id", group);
    reading.put("isolation.level", "read_committed");
    reading.put("enable.auto.commit", "false");
    reading.put("max.poll.records", maxBatch);
    reading.putIfAbsent("max.partition.fetch.bytes", MOST_BYTES);
    Map<String, Object> writing = new HashMap<>(properties.kafka());
    writing.put("transactional.id", group);
    writing.putIfAbsent("max.request.size", MOST_BYTES);
    TopicNames topics = properties.topics();
    try (var consumer =
            new KafkaConsumer<>(reading, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        var producer =
            new KafkaProducer<>(writing, new ByteArraySerializer(), new ByteArraySerializer())) {
      requireTopics(
          List.of(topics.images(), to, topics.deadLetters()), consumer.listTopics().keySet());
      EventSerdes serdes =
          EventSerdes.avro(SchemaRegistry.connect(properties.kafka()), properties.kafka());
      var stage =
          new TokenizeStage(
              StageSettings.standard(),
              serdes,
              StageListener.none(),
              new ClaimCheck(claims(properties)),
              rollout);
      Progress end =
          job(stage.job(), topics, serdes, consumer, producer).run(fromBeginning, new Report());
      print(end);
      return ExitCode.OK;
    }
  }

  private static ClaimCheckSettings claims(ServeProperties properties) {
    return ClaimCheckSettings.allowing(
        allowed(properties, "schemes"), allowed(properties, "hosts"));
  }

  private static Set<String> allowed(ServeProperties properties, String what) {
    return properties
        .value("lgvq.claim-check." + what, String[].class)
        .map(all -> Set.copyOf(List.of(all))) // may hold one twice
        .orElse(Set.of());
  }

  private <I> Retokenize<I> job(
      BatchJob<I, ImageTokens> work,
      TopicNames topics,
      EventSerdes serdes,
      KafkaConsumer<byte[], byte[]> consumer,
      KafkaProducer<byte[], byte[]> producer) {
    var settings =
        new RetokenizeSettings(
            topics.images(),
            to,
            topics.deadLetters(),
            maxBatch,
            RetrySettings.standard(),
            MOST_BYTES);
    return new Retokenize<>(settings, work, serdes.tokens().serializer(), consumer, producer);
  }

  private static void requireTopics(List<String> needed, Set<String> there) {
    for (String topic : needed) {
      if (!there.contains(topic)) {
        throw new Failure("Kafka has no topic " + topic + "; make it first.");
      }
    }
  }

  private void print(Progress end) {
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      Map<String, Object> fields = new LinkedHashMap<>();
      fields.put("tokens", end.written());
      fields.put("deadLetters", end.deadLetters());
      fields.put("seconds", end.time().toMillis() / 1e3);
      fields.put("imagesPerSecond", end.rate());
      out.println(Json.pretty(fields));
    } else {
      out.printf(
          Locale.ROOT,
          "%d tokens written to %s, %d dead letters, in %.1f s (%.1f images/s)%n",
          end.written(),
          to,
          end.deadLetters(),
          end.time().toMillis() / 1e3,
          end.rate());
    }
  }

  /** A line on standard error every few seconds. */
  private final class Report implements Consumer<Progress> {
    private long next = REPORT_EVERY_MS;

    @Override
    public void accept(Progress progress) {
      if (progress.time().toMillis() < next) {
        return;
      }
      next = progress.time().toMillis() + REPORT_EVERY_MS;
      PrintWriter err = spec.commandLine().getErr();
      err.printf(
          Locale.ROOT,
          "%5.1f %%  %d tokens, %d dead letters, %.1f images/s%n",
          100 * progress.share(),
          progress.written(),
          progress.deadLetters(),
          progress.rate());
      err.flush();
    }
  }
}
