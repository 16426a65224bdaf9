package io.lgvq.benchmarks;

import io.lgvq.embedded.EmbeddedKafka;
import io.lgvq.embedded.EmbeddedRegistry;
import io.lgvq.embedded.JavaProcess;
import io.lgvq.schemas.event.CodebookReference;
import io.lgvq.schemas.event.ImageTokens;
import io.lgvq.schemas.registry.SchemaRegistry;
import io.lgvq.topology.config.StreamsSettings;
import io.lgvq.topology.config.TopicNames;
import io.lgvq.topology.event.EventSerdes;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * What a restart of the answer stage costs that keeps the tokens of many images: after a stop in
 * order, and after a kill.
 *
 * <p>Under exactly-once, a store says on disk that it is open as soon as it has written anything
 * since its start (KIP-1035), and what says so after a kill is deleted and built again from the
 * changelog. A store that has written nothing is as it was when it was closed, and only what came
 * since is read.
 *
 * <p>Argument: how many grids of {@value #CODES} codes it keeps. Prints, for each restart, seconds
 * from the start of the process until the stage runs, and how many records were restored.
 */
public final class RestartBenchmark {

  private static final int SIDE = 16;
  private static final int CODES = SIDE * SIDE;
  private static final int PARTITIONS = 3;
  private static final int FEW = 10_000;
  private static final long STEP_MILLIS = 200;

  private final EmbeddedKafka broker;
  private final EmbeddedRegistry registry;
  private final Path scratch;
  private Process process;

  private RestartBenchmark(EmbeddedKafka broker, EmbeddedRegistry registry, Path scratch) {
    this.broker = broker;
    this.registry = registry;
    this.scratch = scratch;
  }

  /** Runs it; see the class. */
  public static void main(String[] arguments) throws Exception {
    if (arguments.length != 1) {
      System.err.println("usage: RestartBenchmark GRIDS");
      System.exit(2);
    }
    Path scratch = Files.createTempDirectory("lgvq-restart");
    try (EmbeddedKafka broker = EmbeddedKafka.start(scratch.resolve("kafka"));
        EmbeddedRegistry registry = EmbeddedRegistry.start(scratch.resolve("registry.log"))) {
      new RestartBenchmark(broker, registry, scratch).run(Integer.parseInt(arguments[0]));
    }
    System.exit(0);
  }

  private void run(int grids) throws Exception {
    makeTopics();
    publish(0, grids);
    start("first start");
    long began = System.nanoTime();
    awaitRead(grids);
    System.out.printf(
        "%,d grids of %d codes kept after %.0f s%n",
        grids, CODES, (System.nanoTime() - began) / 1e9);
    kill();
    start("kill -9, all grids kept since its start");
    stop();
    System.out.printf("state on disk: %,d MB%n", megabytes(scratch.resolve("state")));
    start("stop in order");
    publish(grids, FEW);
    awaitRead(grids + FEW);
    kill();
    start("kill -9, %,d grids kept since its start".formatted(FEW));
    kill();
  }

  private void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** Starts the stage and prints how long it took until it ran. */
  private void start(String when) throws IOException {
    long began = System.nanoTime();
    process =
        JavaProcess.start(
            JavaProcess.command(
                List.of("-Xmx512m"),
                AnswerProcess.class,
                List.of(
                    broker.bootstrapServers(),
                    registry.url(),
                    scratch.resolve("state").toString())),
            scratch.resolve("answer.log"));
    BufferedReader said = process.inputReader(StandardCharsets.UTF_8);
    for (String line = said.readLine(); line != null; line = said.readLine()) {
      if (line.startsWith(AnswerProcess.RUNNING)) {
        System.out.printf(
            "%s: runs %.1f s after its start, %,d records restored%n",
            when,
            (System.nanoTime() - began) / 1e9,
            Long.parseLong(line.substring(AnswerProcess.RUNNING.length())));
        return;
      }
    }
    throw new IllegalStateException("the stage ended; see " + scratch.resolve("answer.log"));
  }

  private void stop() throws IOException, InterruptedException {
    process.outputWriter(StandardCharsets.UTF_8).append("stop\n").flush();
    process.waitFor();
  }

  /** Returns when the stage has committed that it read all tokens. */
  private void awaitRead(int grids) throws Exception {
    String group = StreamsSettings.standard("", scratch).applicationId("answer");
    try (var admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
      while (admin
              .listConsumerGroupOffsets(group)
              .partitionsToOffsetAndMetadata()
              .get()
              .values()
              .stream()
              .mapToLong(OffsetAndMetadata::offset)
              .sum()
          < grids) {
        if (!process.isAlive()) {
          throw new IllegalStateException("the stage ended; see " + scratch.resolve("answer.log"));
        }
        Thread.sleep(STEP_MILLIS);
      }
    }
  }

  private void makeTopics() throws Exception {
    TopicNames topics = TopicNames.standard();
    try (var admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
      admin
          .createTopics(
              List.of(topics.questions(), topics.tokens(), topics.answers(), topics.deadLetters())
                  .stream()
                  .map(name -> new NewTopic(name, PARTITIONS, (short) 1))
                  .toList())
          .all()
          .get();
    }
  }

  private void publish(int first, int count) {
    Map<String, Object> configuration = Map.of("schema.registry.url", registry.url());
    var serdes = EventSerdes.avro(SchemaRegistry.connect(configuration), configuration);
    var random = new Random(first);
    try (var producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", broker.bootstrapServers(), "linger.ms", 5),
            new StringSerializer(),
            serdes.tokens().serializer())) {
      String topic = TopicNames.standard().tokens();
      for (int n = first; n < first + count; n++) {
        producer.send(new ProducerRecord<>(topic, "image-" + n, tokens(n, random)));
      }
    }
  }

  private static ImageTokens tokens(int image, Random random) {
    List<Integer> codes = new ArrayList<>(CODES);
    for (int code = 0; code < CODES; code++) {
      codes.add(random.nextInt(AnswerProcess.CODEBOOK.size()));
    }
    var codebook = AnswerProcess.CODEBOOK;
    return ImageTokens.newBuilder()
        .setImageId("image-" + image)
        .setCodebook(
            new CodebookReference(
                codebook.name(), codebook.version(), codebook.digest(), codebook.size()))
        .setHeight(SIDE)
        .setWidth(SIDE)
        .setCodes(codes)
        .setQuantizationError(0.25f)
        .setTokenizedAt(Instant.now())
        .build();
  }

  private static long megabytes(Path folder) throws IOException {
    try (var files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).mapToLong(RestartBenchmark::size).sum() / 1_000_000;
    }
  }

  private static long size(Path file) {
    try {
      return Files.size(file);
    } catch (IOException e) {
      throw new UncheckedIOException(file + " cannot be read", e);
    }
  }
}
