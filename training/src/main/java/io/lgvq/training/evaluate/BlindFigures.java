package io.lgvq.training.evaluate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.lgvq.operators.bundle.BundleManifest;
import io.lgvq.training.estimate.Estimate;
import io.lgvq.training.evaluate.language.LanguageResult;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What heads without sight reached when a bundle was made, as its metrics tell. These heads are not
 * in the bundle, so whoever measures it again has no other way to set its figures beside them.
 * Immutable.
 */
public final class BlindFigures {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final JsonNode metrics;

  private BlindFigures(JsonNode metrics) {
    this.metrics = metrics;
  }

  /** Those of a bundle; none if nobody measured it. */
  public static BlindFigures of(BundleManifest manifest) {
    return new BlindFigures(JSON.valueToTree(manifest.metrics()));
  }

  /**
   * The report with these figures where it has none of its own. Figures of a slice are taken over
   * only if they are of the same images and questions; all others stay absent.
   */
  public Report in(Report report) {
    if (!metrics.path("corpus").asText().equals(report.corpus())
        || metrics.path("limit").asInt() != report.limit()) {
      return report;
    }
    Map<String, Report.Slice> slices = new LinkedHashMap<>();
    report.slices().forEach((split, slice) -> slices.put(split, in(split, slice)));
    return new Report(report.bundle(), report.corpus(), report.limit(), slices);
  }

  private Report.Slice in(String split, Report.Slice slice) {
    JsonNode known = metrics.path("slices").path(split);
    if (known.path("images").asInt() != slice.images()) {
      return slice;
    }
    return new Report.Slice(
        slice.images(),
        slice.psnr(),
        slice.frechet(),
        slice.codebook(),
        slice.answers().map(answers -> in(known.path("answers"), answers)),
        slice.captions(),
        slice.language().map(language -> in(known.path("language"), language)),
        slice.painted(),
        slice.completed());
  }

  private static Report.Answers in(JsonNode known, Report.Answers answers) {
    Map<String, Report.Type> types = new LinkedHashMap<>();
    boolean same = known.path("types").size() == answers.types().size();
    for (Map.Entry<String, Report.Type> type : answers.types().entrySet()) {
      JsonNode there = known.path("types").path(type.getKey());
      same &= there.path("questions").asInt() == type.getValue().questions();
      types.put(type.getKey(), in(there, type.getValue()));
    }
    return same
        ? new Report.Answers(
            answers.weighted(),
            types,
            answers.sure(),
            answers.rightWhenSure(),
            answers.majority(),
            answers.questionOnly().or(() -> estimate(known.path("questionOnly"))),
            in(known.path("wups90"), answers.wups90()),
            in(known.path("wups0"), answers.wups0()))
        : answers;
  }

  private static Report.Type in(JsonNode known, Report.Type type) {
    return new Report.Type(
        type.questions(),
        type.right(),
        type.majority(),
        type.questionOnly().or(() -> number(known.path("questionOnly"))),
        in(known.path("wups90"), type.wups90()),
        in(known.path("wups0"), type.wups0()));
  }

  private static Report.Wups in(JsonNode known, Report.Wups wups) {
    return new Report.Wups(
        wups.own(),
        wups.majority(),
        wups.questionOnly().or(() -> estimate(known.path("questionOnly"))));
  }

  private static LanguageResult in(JsonNode known, LanguageResult found) {
    return new LanguageResult(
        found.textToImage(),
        found.imageToText(),
        found.hiddenWord(),
        found.hiddenWordBlind().or(() -> estimate(known.path("hiddenWordBlind"))),
        found.hiddenWords(),
        found.hiddenWordsBlind().or(() -> estimate(known.path("hiddenWordsBlind"))),
        found.likeness(),
        found.likenessConstant());
  }

  private static Optional<Estimate> estimate(JsonNode node) {
    return number(node.path("value"))
        .map(
            value ->
                new Estimate(value, node.path("low").asDouble(), node.path("high").asDouble()));
  }

  private static Optional<Double> number(JsonNode node) {
    return node.isNumber() ? Optional.of(node.asDouble()) : Optional.empty();
  }
}
