package io.lgvq.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.lgvq.embedded.EmbeddedRegistry;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Holds the docker files against what the application reads, as far as that goes without a docker
 * engine: nothing here pulls an image or starts a container.
 */
class DeploymentTest {

  private static final Path ROOT = Path.of(System.getProperty("lgvq.root"));
  private static final Path CHECKER = ROOT.resolve("deploy/test");
  private static final int APPLICATION_PORT = 8080;

  @TempDir Path scratch;

  @Test
  void shouldKeepToTheComposeSpecification() throws Exception {
    assumeTrue(
        onPath("npm") && onPath("node"),
        "the specification's schema comes from npm, which is not here");
    assertThat(run("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund")).isZero();
    assertThat(run("node", "check-compose.mjs", ROOT.resolve("docker-compose.yml").toString()))
        .as(Files.readString(scratch.resolve("output")))
        .isZero();
  }

  @Test
  void shouldBeCaughtBreakingTheComposeSpecification() throws Exception {
    assumeTrue(
        onPath("npm") && onPath("node"),
        "the specification's schema comes from npm, which is not here");
    assertThat(run("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund")).isZero();
    String broken =
        Files.readString(ROOT.resolve("docker-compose.yml")).replace("healthcheck:", "healtcheck:");
    Path file = Files.writeString(scratch.resolve("broken.yml"), broken);
    assertThat(run("node", "check-compose.mjs", file.toString())).isEqualTo(1);
  }

  @Test
  void shouldSetOnlyPropertiesThatTheApplicationReads() throws IOException {
    Set<String> documented = documentedEnvironment();
    List<String> variables = new ArrayList<>();
    compose().at("/services/lgvq/environment").fieldNames().forEachRemaining(variables::add);
    assertThat(variables).contains("KAFKA_BOOTSTRAP_SERVERS", "SCHEMA_REGISTRY_URL");
    for (String variable : variables) {
      if (variable.startsWith("KAFKA_")) {
        String name =
            variable.substring("KAFKA_".length()).toLowerCase(Locale.ROOT).replace('_', '.');
        assertThat(ConsumerConfig.configNames()).contains(name);
      } else if (!variable.equals("SCHEMA_REGISTRY_URL")) {
        assertThat(documented).contains(variable);
      }
    }
    Pattern environment = Pattern.compile("(?m)^ENV (LGVQ_[A-Z_]+)=");
    assertThat(environment.matcher(dockerfile()).results().map(match -> match.group(1)))
        .isNotEmpty()
        .allSatisfy(variable -> assertThat(documented).contains(variable));
  }

  @Test
  void shouldMountAndCopyOnlyPathsThatExist() throws IOException {
    List<String> mounts = new ArrayList<>();
    compose()
        .at("/services")
        .forEach(
            service ->
                service
                    .path("volumes")
                    .forEach(volume -> mounts.add(volume.asText().split(":")[0])));
    assertThat(mounts.stream().filter(mount -> mount.startsWith("./")))
        .isNotEmpty()
        .allSatisfy(mount -> assertThat(ROOT.resolve(mount)).exists());
    Pattern copy = Pattern.compile("(?m)^COPY (?!--from)(\\S+) ");
    assertThat(copy.matcher(dockerfile()).results().map(match -> match.group(1)))
        .isNotEmpty()
        .allSatisfy(path -> assertThat(ROOT.resolve(path)).exists());
  }

  @Test
  void shouldScrapeAndPublishThePortThatTheApplicationListensOn() throws IOException {
    Properties application = application();
    assertThat(application.getProperty("quarkus.http.port"))
        .isEqualTo(Integer.toString(APPLICATION_PORT));
    assertThat(compose().at("/services/lgvq/ports/0").asText()).endsWith(":" + APPLICATION_PORT);
    JsonNode scrape =
        new YAMLMapper()
            .readTree(ROOT.resolve("deploy/prometheus/prometheus.yml").toFile())
            .at("/scrape_configs/0");
    assertThat(scrape.at("/static_configs/0/targets/0").asText())
        .isEqualTo("lgvq:" + APPLICATION_PORT);
    assertThat(scrape.at("/metrics_path").asText()).isEqualTo("/q/metrics");
    assertThat(application).doesNotContainKey("quarkus.micrometer.export.prometheus.path");
  }

  @Test
  void shouldAskTheBrokerThatTheComposeFileStarts() throws IOException {
    JsonNode services = compose().at("/services");
    String listeners = services.at("/kafka/environment/KAFKA_ADVERTISED_LISTENERS").asText();
    String bootstrap = services.at("/lgvq/environment/KAFKA_BOOTSTRAP_SERVERS").asText();
    assertThat(listeners).contains("://" + bootstrap);
  }

  @Test
  void shouldKeepTheBrokersDataOnItsVolume() throws IOException {
    JsonNode kafka = compose().at("/services/kafka");
    assertThat(kafka.at("/volumes/0").asText())
        .isEqualTo("kafka-data:" + kafka.at("/environment/KAFKA_LOG_DIRS").asText());
    assertThat(compose().at("/volumes").has("kafka-data")).isTrue();
  }

  @Test
  void shouldRunTheVersionsThatTheTestsRun() throws IOException {
    String pom = Files.readString(ROOT.resolve("pom.xml"));
    JsonNode services = compose().at("/services");
    assertThat(services.at("/kafka/image").asText())
        .isEqualTo("apache/kafka:" + version(pom, "kafka"));
    assertThat(services.at("/registry/image").asText())
        .isEqualTo("apicurio/apicurio-registry-mem:" + version(pom, "apicurio"));
  }

  @Test
  void shouldAskTheRegistryWhereItSpeaksConfluents() throws IOException {
    JsonNode services = compose().at("/services");
    String url = services.at("/lgvq/environment/SCHEMA_REGISTRY_URL").asText();
    assertThat(url).isEqualTo("http://registry:8080" + EmbeddedRegistry.CONFLUENT_PATH);
    assertThat(services.at("/registry/healthcheck/test/1").asText())
        .endsWith("http://localhost:8080" + EmbeddedRegistry.CONFLUENT_PATH + "/subjects");
  }

  @Test
  void shouldShowGrafanaTheDashboardAndTheMetricsOfPrometheus() throws IOException {
    JsonNode services = compose().at("/services");
    JsonNode grafana = services.path("grafana");
    Map<String, String> mounts = new HashMap<>();
    grafana
        .path("volumes")
        .forEach(
            volume -> {
              String[] parts = volume.asText().split(":");
              mounts.put(parts[1], parts[0]);
            });
    // Grafana looks for provisioning there unless it is told otherwise.
    assertThat(mounts).containsEntry("/etc/grafana/provisioning", "./deploy/grafana/provisioning");
    String folder =
        yaml("deploy/grafana/provisioning/dashboards/lgvq.yml")
            .at("/providers/0/options/path")
            .asText();
    assertThat(mounts).containsKey(folder);
    String home = grafana.at("/environment/GF_DASHBOARDS_DEFAULT_HOME_DASHBOARD_PATH").asText();
    assertThat(home).startsWith(folder + "/");
    Path dashboard =
        ROOT.resolve(mounts.get(folder)).resolve(home.substring(folder.length() + 1)).normalize();
    assertThat(dashboard).exists();

    JsonNode source =
        yaml("deploy/grafana/provisioning/datasources/prometheus.yml").at("/datasources/0");
    assertThat(source.path("url").asText()).isEqualTo("http://prometheus:9090");
    assertThat(services.at("/prometheus/ports/0").asText()).endsWith(":9090");
    List<JsonNode> used = new YAMLMapper().readTree(dashboard.toFile()).findValues("datasource");
    assertThat(used)
        .isNotEmpty()
        .allSatisfy(
            each -> {
              assertThat(each.path("uid").asText()).isEqualTo(source.path("uid").asText());
              assertThat(each.path("type").asText()).isEqualTo(source.path("type").asText());
            });
  }

  @Test
  void shouldAlertOnExpressionsThatPrometheusCanRead() throws Exception {
    assumeTrue(
        onPath("npm") && onPath("node"), "Prometheus' grammar comes from npm, which is not here");
    assertThat(run("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund")).isZero();
    assertThat(run("node", "check-rules.mjs", AlertRule.FILE.toString()))
        .as(Files.readString(scratch.resolve("output")))
        .isZero();
    String broken = Files.readString(AlertRule.FILE).replace("> 0.09", "above 0.09");
    Path file = Files.writeString(scratch.resolve("broken.yml"), broken);
    assertThat(run("node", "check-rules.mjs", file.toString())).isEqualTo(1);
  }

  @Test
  void shouldLoadAlertRulesOfDocumentedMetricsAlone() throws IOException {
    String documented = Files.readString(ROOT.resolve("docs/metrics.md"));
    String loaded = yaml("deploy/prometheus/prometheus.yml").at("/rule_files/0").asText();
    List<String> mounts = new ArrayList<>();
    compose().at("/services/prometheus/volumes").forEach(mount -> mounts.add(mount.asText()));
    assertThat(loaded).isEqualTo("/etc/prometheus/rules/*.yml");
    assertThat(mounts).contains("./deploy/prometheus/rules:/etc/prometheus/rules:ro");

    List<JsonNode> rules = AlertRule.groups().findParents("alert");
    assertThat(rules).hasSizeGreaterThan(5);
    for (JsonNode rule : rules) {
      assertThat(DashboardMetrics.metrics(rule.path("expr").asText()))
          .isNotEmpty()
          .allSatisfy(
              name ->
                  assertThat(documented)
                      .contains("`" + name.replaceAll("_(bucket|sum|count)$", "") + "`"));
      assertThat(documented).contains("`" + rule.path("alert").asText() + "`");
      assertThat(rule.at("/annotations/summary").asText()).isNotBlank();
      assertThat(rule.at("/labels/severity").asText()).isIn("warning", "critical");
    }
  }

  @Test
  void shouldGiveTheApplicationTheTimeThatItsStopMayTake() throws IOException {
    String reference = Files.readString(ROOT.resolve("docs/configuration.md"));
    assertThat(reference).contains("the sum, 24 s, below the grace period of the platform (30 s");
    assertThat(compose().at("/services/lgvq/stop_grace_period").asText()).isEqualTo("30s");
  }

  @Test
  void shouldShowDashboardPanelsOfDocumentedMetrics() throws IOException {
    String documented = Files.readString(ROOT.resolve("docs/metrics.md"));
    Map<Boolean, List<String>> names =
        DashboardMetrics.names().stream()
            .collect(Collectors.partitioningBy(name -> name.startsWith("lgvq_")));
    assertThat(names.get(true))
        .hasSizeGreaterThan(5)
        .allSatisfy(
            name ->
                assertThat(documented)
                    .contains("`" + name.replaceAll("_(bucket|sum|count)$", "") + "`"));
  }

  private static JsonNode compose() throws IOException {
    return yaml("docker-compose.yml");
  }

  private static JsonNode yaml(String file) throws IOException {
    return new YAMLMapper().readTree(ROOT.resolve(file).toFile());
  }

  private static Properties application() throws IOException {
    Properties application = new Properties();
    try (var reader =
        Files.newBufferedReader(ROOT.resolve("src/main/resources/application.properties"))) {
      application.load(reader);
    }
    return application;
  }

  private static String version(String pom, String of) {
    return pom.replaceAll("(?s).*<%1$s.version>(.*)</%1$s.version>.*".formatted(of), "$1");
  }

  private static String dockerfile() throws IOException {
    return Files.readString(ROOT.resolve("Dockerfile"));
  }

  private static Set<String> documentedEnvironment() throws IOException {
    String reference = Files.readString(ROOT.resolve("docs/configuration.md"));
    return Pattern.compile("(?m)^\\| `(lgvq\\.[a-z.-]+)`")
        .matcher(reference)
        .results()
        .map(match -> match.group(1).toUpperCase(Locale.ROOT).replaceAll("[.-]", "_"))
        .collect(Collectors.toSet());
  }

  private int run(String... command) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command)
            .directory(CHECKER.toFile())
            .redirectErrorStream(true)
            .redirectOutput(scratch.resolve("output").toFile())
            .start();
    assertThat(process.waitFor(5, TimeUnit.MINUTES)).as("%s took too long", command[0]).isTrue();
    return process.exitValue();
  }

  private static boolean onPath(String program) {
    return Pattern.compile(File.pathSeparator)
        .splitAsStream(System.getenv("PATH"))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
  }
}
