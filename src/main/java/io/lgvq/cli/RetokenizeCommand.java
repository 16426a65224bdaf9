package io.lgvq.cli;

import io.lgvq.cli.kafka.KafkaOptions;
import io.lgvq.cli.kafka.TokenizeProperties;
import io.lgvq.cli.shell.Failure;
import io.lgvq.cli.shell.Json;
import io.lgvq.operators.rollout.PictureTokenizer;
import io.lgvq.operators.rollout.Rollout;
import io.lgvq.operators.serve.BundleOperators;
import io.lgvq.schemas.event.ImageTokens;
import io.lgvq.topology.batch.BatchJob;
import io.lgvq.topology.claimcheck.ClaimCheck;
import io.lgvq.topology.config.BatchSettings;
import io.lgvq.topology.config.RecordLimits;
import io.lgvq.topology.config.RetrySettings;
import io.lgvq.topology.config.StageSettings;
import io.lgvq.topology.event.EventSerdes;
import io.lgvq.topology.observe.StageListener;
import io.lgvq.topology.plan.PlanSettings;
import io.lgvq.topology.retokenize.Progress;
import io.lgvq.topology.retokenize.Retokenize;
import io.lgvq.topology.retokenize.RetokenizeClients;
import io.lgvq.topology.retokenize.RetokenizeSettings;
import io.lgvq.topology.stage.TokenizeStage;
import io.lgvq.topology.stage.TopicLimits;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.Admin;
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
      "started again, and writes nothing twice. The topics must be there. What it accepts, what dead",
      "letters hold and which serializers it uses is said by the properties of serve; on the command",
      "line stand --engine and --max-batch in place of lgvq.engine and lgvq.batch.",
      "",
      "For instance:",
      "  lgvq retokenize --bundle bundles/lgvq-small --to lgvq.tokens-2 \\",
      "    -Dkafka.bootstrap.servers=kafka:9092 -Dschema.registry.url=http://registry:8081"
    })
final class RetokenizeCommand implements Callable<Integer> {
  private static final long REPORT_EVERY_MS = 5_000;

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
    var told = new TokenizeProperties(kafka.properties(spec));
    BundleOperators operators = model.operators();
    try (var decoder = operators.decoder(told.images());
        var tokenizer = operators.tokenizer()) {
      var eyes =
          new PictureTokenizer(decoder, tokenizer, operators.bundle().manifest().image().fit());
      return run(Rollout.only(tokenizer.codebook(), PictureTokenizer.class, eyes), told);
    } catch (ProducerFencedException e) {
      throw new Failure(
          "Another run of the same job took over, or Kafka was out of reach for so long that it ended the transaction; started again the job goes on.",
          e);
    } catch (KafkaException e) {
      throw new Failure("The job stopped; started again it goes on: " + e.getMessage(), e);
    }
  }

  private int run(Rollout rollout, TokenizeProperties told) {
    EventSerdes serdes = told.serdes();
    var settings =
        new StageSettings(
            told.properties().topics().withTokens(to),
            new BatchSettings(maxBatch, BatchSettings.standard().linger()),
            RetrySettings.standard(),
            told.deadLetters());
    var stage =
        new TokenizeStage(
            settings, serdes, StageListener.none(), new ClaimCheck(told.references()), rollout);
    var clients =
        new RetokenizeClients(
            told.properties().kafka(),
            RetokenizeSettings.group(to, rollout.codebooks().get(0).digest()),
            maxBatch,
            limits(stage, told));
    try (var consumer =
            new KafkaConsumer<>(
                clients.consumer(), new ByteArrayDeserializer(), new ByteArrayDeserializer());
        var producer =
            new KafkaProducer<>(
                clients.producer(), new ByteArraySerializer(), new ByteArraySerializer())) {
      var jobs = new RetokenizeSettings(settings, clients.mostDeadLetterBytes());
      print(job(jobs, stage.job(), serdes, consumer, producer).run(fromBeginning, new Report()));
      return ExitCode.OK;
    }
  }

  private static <I> Retokenize<I> job(
      RetokenizeSettings settings,
      BatchJob<I, ImageTokens> work,
      EventSerdes serdes,
      KafkaConsumer<byte[], byte[]> consumer,
      KafkaProducer<byte[], byte[]> producer) {
    return new Retokenize<>(settings, work, serdes.tokens().serializer(), consumer, producer);
  }

  /**
   * How large records may be, of topics that are there and fit together.
   *
   * @throws Failure if they do not: as at the start of serve, for a dead letter that its topic does
   *     not take would stop the job for good
   */
  private static RecordLimits limits(TokenizeStage stage, TokenizeProperties told) {
    List<String> topics = new ArrayList<>(stage.inputs());
    topics.addAll(stage.outputs());
    try (Admin admin = KafkaOptions.admin(told.properties())) {
      requireTopics(topics, names(admin));
      TopicLimits limits = TopicLimits.ask(topics, admin);
      List<String> problems = limits.problems(stage, told.deadLetters());
      if (!problems.isEmpty()) {
        throw new Failure(
            String.join(" ", problems)
                + " Or give lgvq.dead-letters.max-value-bytes, where serve has it.");
      }
      return limits.of(stage, PlanSettings.recordBytes(told.images().maxBytes()));
    }
  }

  private static Set<String> names(Admin admin) {
    try {
      return admin.listTopics().names().get();
    } catch (ExecutionException e) {
      throw new Failure("Kafka does not tell its topics: " + e.getCause().getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Failure("Interrupted.", e);
    }
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
