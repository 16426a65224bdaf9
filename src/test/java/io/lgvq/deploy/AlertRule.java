package io.lgvq.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * An alert rule as it is shipped, which tests can hold against the metrics that an application
 * serves. Understood are comparisons of means of gauges, and of two such means' ratio; how long
 * that must last ({@code for}) is Prometheus' matter.
 *
 * @param name of the alert
 * @param expression what it is about, PromQL
 */
public record AlertRule(String name, String expression) {

  /** The rules that are shipped. */
  public static final Path FILE =
      Path.of(System.getProperty("lgvq.root"), "deploy/prometheus/rules/lgvq.yml");

  private static final String MEAN = "avg by \\(job, codebook\\) \\((\\w+)\\)";
  private static final Pattern CODEBOOK = Pattern.compile("codebook=\"([^\"]*)\"");
  private static final Pattern COMPARISON =
      Pattern.compile("(abs\\()?" + MEAN + "\\)?(?: / " + MEAN + ")? ([<>]) ([0-9.]+)");

  /** All rules of a group. */
  public static List<AlertRule> of(String group) throws IOException {
    List<AlertRule> rules = new ArrayList<>();
    for (JsonNode each : groups()) {
      if (each.path("name").asText().equals(group)) {
        each.path("rules")
            .forEach(
                rule ->
                    rules.add(
                        new AlertRule(rule.path("alert").asText(), rule.path("expr").asText())));
      }
    }
    return rules;
  }

  /** The groups, as the file has them. */
  public static JsonNode groups() throws IOException {
    return new YAMLMapper().readTree(FILE.toFile()).path("groups");
  }

  /**
   * Whether the expression holds of one scrape for any codebook; not, if the scrape has none of its
   * metrics.
   *
   * @param scrape in Prometheus' text format, of one job
   */
  public boolean holds(String scrape) {
    Matcher comparison = COMPARISON.matcher(expression);
    if (!comparison.matches()) {
      throw new AssertionError(name + " is no comparison that is understood here: " + expression);
    }
    Map<String, Double> means = means(scrape, comparison.group(2));
    return means.keySet().stream()
        .anyMatch(codebook -> holds(comparison, scrape, codebook, means.get(codebook)));
  }

  private static boolean holds(Matcher comparison, String scrape, String codebook, double mean) {
    double value = mean;
    if (comparison.group(3) != null) {
      value /= means(scrape, comparison.group(3)).get(codebook);
    }
    if (comparison.group(1) != null) {
      value = Math.abs(value);
    }
    double threshold = Double.parseDouble(comparison.group(5));
    return comparison.group(4).equals(">") ? value > threshold : value < threshold;
  }

  /** By codebook. */
  private static Map<String, Double> means(String scrape, String metric) {
    return scrape
        .lines()
        .filter(line -> line.startsWith(metric + "{"))
        .collect(
            Collectors.groupingBy(
                AlertRule::codebook,
                Collectors.averagingDouble(
                    line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))));
  }

  private static String codebook(String line) {
    Matcher label = CODEBOOK.matcher(line);
    return label.find() ? label.group(1) : "";
  }
}
