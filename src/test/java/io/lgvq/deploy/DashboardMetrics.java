package io.lgvq.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The names of all metrics that the shipped Grafana dashboard asks Prometheus for. */
public final class DashboardMetrics {

  private static final Path DASHBOARD =
      Path.of(System.getProperty("lgvq.root"), "deploy/grafana/dashboards/lgvq-streams.json");
  private static final Pattern METRIC =
      Pattern.compile("\\b(?:lgvq|jvm|kafka|process|http)_[a-z_]+\\b");

  private DashboardMetrics() {}

  /** For instance {@code lgvq_records_total}. */
  public static Set<String> names() throws IOException {
    JsonNode dashboard = new ObjectMapper().readTree(DASHBOARD.toFile());
    Set<String> names = new TreeSet<>();
    dashboard.findValuesAsText("expr").forEach(query -> names.addAll(metrics(query)));
    dashboard
        .at("/templating/list")
        .forEach(each -> names.addAll(metrics(each.at("/query/query").asText())));
    return names;
  }

  /** The metrics of a query. */
  static Set<String> metrics(String query) {
    return METRIC.matcher(query).results().map(match -> match.group()).collect(Collectors.toSet());
  }
}
