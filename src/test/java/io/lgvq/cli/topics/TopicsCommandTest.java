package io.lgvq.cli.topics;

import static io.lgvq.app.config.TestConfig.configuration;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.lgvq.app.config.Names;
import io.lgvq.cli.Lgvq;
import io.lgvq.cli.kafka.ServeProperties;
import io.lgvq.cli.shell.Json;
import io.lgvq.embedded.EmbeddedKafka;
import io.lgvq.embedded.FreePort;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.StreamSupport;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class TopicsCommandTest {
  @TempDir private static Path data;
  private static EmbeddedKafka broker;
  private static Admin admin;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private String prefix;

  @BeforeAll
  static void start() {
    broker = EmbeddedKafka.start(data);
    admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()));
  }

  @AfterAll
  static void stop() {
    admin.close();
    broker.close();
  }

  @BeforeEach
  void keepToItself(TestInfo test) {
    prefix = test.getTestMethod().orElseThrow().getName() + ".";
  }

  @Test
  void shouldCreateWhatIsMissingOnceAndFindItGood() throws Exception {
    assertThat(topics("create", "--partitions", "3")).isZero();
    assertThat(lines())
        .hasSize(8)
        .filteredOn(line -> line.endsWith("is created with 3 partitions"))
        .hasSize(7);
    assertThat(lines()).contains(notes() + " is created with 1 partitions");
    awaitTopics(8);

    assertThat(topics("create", "--partitions", "5")).isZero();
    assertThat(lines()).hasSize(8).allMatch(line -> line.endsWith("is there and stays as it is"));

    assertThat(topics("describe", "--json")).isZero();
    JsonNode verdict = Json.mapper().readTree(out.toString());
    assertThat(verdict.get("good").asBoolean()).isTrue();
    assertThat(verdict.get("topics"))
        .hasSize(8)
        .allSatisfy(
            topic -> {
              int partitions = topic.get("topic").asText().equals(notes()) ? 1 : 3;
              assertThat(topic.get("partitions").asInt()).isEqualTo(partitions);
              assertThat(topic.get("configs")).isEqualTo(topic.get("planned"));
            });
    // One broker has no second place for a record, and says so; nothing else is wrong.
    assertThat(sentences(verdict)).hasSize(8).allMatch(said -> said.contains("has one replica"));
  }

  @Test
  void shouldOnlyAskTheBrokerOnADryRun() throws Exception {
    assertThat(topics("create", "--dry-run", "--json", "--stages", "caption")).isZero();
    assertThat(Json.mapper().readTree(out.toString()))
        .hasSize(4)
        .allSatisfy(
            topic -> assertThat(topic.get("result").asText()).isEqualTo("would-be-created"));
    assertThat(names()).isEmpty();
  }

  @Test
  void shouldSayWhatTheBrokerRefusedAndFail() throws Exception {
    assertThat(topics("create", "--replication", "3", "--stages", "tokenize")).isEqualTo(1);
    assertThat(lines()).hasSize(4).allMatch(line -> line.contains("cannot be created"));
    assertThat(names()).isEmpty();
  }

  @Test
  void shouldMakeMissingTopicsFitThoseThatAreThere() throws Exception {
    var tokens = new NewTopic(prefix + "lgvq.tokens", 6, (short) 1);
    admin.createTopics(List.of(tokens)).all().get();
    awaitTopics(1);

    assertThat(topics("create", "--partitions", "2", "--stages", "answer")).isZero();
    awaitTopics(5);
    assertThat(lines())
        .contains(
            prefix + "lgvq.questions is created with 6 partitions",
            prefix + "lgvq.answers is created with 2 partitions");
    topics("describe", "--stages", "answer");
    assertThat(out.toString()).doesNotContain("different partition counts");
  }

  @Test
  void shouldNameEachMistakeAndFail() throws Exception {
    assertThat(topics("create")).isZero();
    awaitTopics(8);
    var questions = Map.of(prefix + "lgvq.questions", NewPartitions.increaseTo(8));
    admin.createPartitions(questions).all().get();
    alter("dead-letters", "cleanup.policy", "compact");
    alter("dead-letters-replayed", "cleanup.policy", "delete");
    alter("questions", "retention.ms", "1000");
    alter("images", "max.message.bytes", "1000000");
    alter("tokens", "min.insync.replicas", "2");
    alter("captions", "message.timestamp.before.max.ms", "1000");
    admin.deleteTopics(List.of(prefix + "lgvq.answers")).all().get();
    awaitTopics(7);

    await()
        .atMost(Duration.ofMinutes(1))
        .untilAsserted(
            () -> {
              assertThat(topics("describe")).isEqualTo(1);
              assertThat(out.toString())
                  .contains(
                      "error: Topic '%slgvq.answers' is missing".formatted(prefix),
                      "different partition counts",
                      "error: Topic '%slgvq.dead-letters' is compacted".formatted(prefix),
                      "error: Topic '%slgvq.dead-letters-replayed' forgets".formatted(prefix),
                      "error: Topic '%slgvq.questions' keeps its records for 1 s".formatted(prefix),
                      "error: Topic '%slgvq.images' takes records of 1000000".formatted(prefix),
                      "error: Topic '%slgvq.tokens' wants 2 replicas".formatted(prefix),
                      "error: Topic '%slgvq.captions' refuses timestamps".formatted(prefix),
                      "warning: Topic '%slgvq.images' has one replica".formatted(prefix),
                      "retention.ms 1000 (plan: 604800000)");
            });
  }

  @Test
  void shouldSayThatKafkaDoesNotAnswer() {
    int nobody = FreePort.find();
    int code =
        run(
            "topics",
            "describe",
            "-Dkafka.bootstrap.servers=127.0.0.1:" + nobody,
            "-Dkafka.default.api.timeout.ms=1000",
            "-Dkafka.request.timeout.ms=1000");
    assertThat(code).isEqualTo(1);
    assertThat(err.toString().lines())
        .singleElement()
        .asString()
        .contains("127.0.0.1:" + nobody + " (kafka.bootstrap.servers)");
  }

  @Test
  void shouldTellUsageMistakesFromFailures() {
    assertThat(run("topics")).isEqualTo(2);
    assertThat(topics("create", "--stages", "juggle")).isEqualTo(2);
    assertThat(topics("create", "--partitions", "0")).isEqualTo(2);
    assertThat(topics("create", "--replication", "many")).isEqualTo(2);
    assertThat(topics("create", "-Dlgvq.topics.token=other")).isEqualTo(2);
    assertThat(err.toString()).contains("juggle", "partitions", "lgvq.topics.token");
    assertThat(topics("create", "-Dlgvq.topics.partitions=few")).isEqualTo(1);
    assertThat(err.toString()).contains("lgvq.topics.partitions");
  }

  @Test
  void shouldReadTheNamesThatServeReads(@TempDir Path folder) throws Exception {
    Map<String, String> given = Map.of("lgvq.topics.dead-letters", "morgue");
    Path file = Files.createDirectory(folder.resolve("config")).resolve("application.properties");
    Files.writeString(file, "lgvq.topics.prefix=staging.\nkafka.security.protocol=SSL\n");
    ServeProperties properties = ServeProperties.of(given, folder);

    assertThat(properties.topics())
        .isEqualTo(
            Names.of(
                configuration(
                        Map.of(
                            "lgvq.topics.dead-letters", "morgue",
                            "lgvq.topics.prefix", "staging."))
                    .topics()));
    assertThat(properties.kafka())
        .containsEntry("security.protocol", "SSL")
        .containsEntry("bootstrap.servers", "localhost:9092");
    assertThat(ServeProperties.of(Map.of(), data).topics())
        .isEqualTo(Names.of(configuration(Map.of()).topics()));
  }

  private String notes() {
    return prefix + "lgvq.dead-letters-replayed";
  }

  private void alter(String topic, String config, String value) throws Exception {
    var resource = new ConfigResource(ConfigResource.Type.TOPIC, prefix + "lgvq." + topic);
    var operation = new AlterConfigOp(new ConfigEntry(config, value), AlterConfigOp.OpType.SET);
    admin.incrementalAlterConfigs(Map.of(resource, List.of(operation))).all().get();
  }

  /** The broker's answer to a creation comes before its own metadata know of it. */
  private void awaitTopics(int count) {
    await().atMost(Duration.ofMinutes(1)).until(() -> names().size() == count);
  }

  private Set<String> names() throws Exception {
    Set<String> names = admin.listTopics().names().get();
    names.removeIf(name -> !name.startsWith(prefix));
    return names;
  }

  private static List<String> sentences(JsonNode verdict) {
    return StreamSupport.stream(verdict.get("findings").spliterator(), false)
        .map(finding -> finding.get("sentence").asText())
        .toList();
  }

  private List<String> lines() {
    return out.toString().lines().toList();
  }

  private int topics(String... arguments) {
    List<String> all = new ArrayList<>(List.of("topics"));
    all.addAll(List.of(arguments));
    all.add("-Dkafka.bootstrap.servers=" + broker.bootstrapServers());
    all.add("-Dlgvq.topics.prefix=" + prefix);
    return run(all.toArray(String[]::new));
  }

  private int run(String... arguments) {
    out.getBuffer().setLength(0);
    CommandLine line = Lgvq.line();
    line.setOut(new PrintWriter(out, true));
    line.setErr(new PrintWriter(err, true));
    return line.execute(arguments);
  }
}
