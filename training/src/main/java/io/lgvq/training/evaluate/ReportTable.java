package io.lgvq.training.evaluate;

import io.lgvq.training.estimate.Estimate;
import io.lgvq.training.evaluate.language.LanguageResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/** A report as Markdown tables, which are good to read on a terminal too. Stateless. */
public final class ReportTable {

  static final String NONE = "-";

  private ReportTable() {}

  /** All tables, each with a sentence on how to read it. */
  public static String of(Report report) {
    StringBuilder text = new StringBuilder();
    text.append(
        "Reconstruction and codebook, by test split (95 % bootstrap intervals over images; Frechet"
            + " distance over MobileNetV2, less is better, comparable between equally many images of"
            + " one split only):\n\n");
    text.append(reconstruction(report));
    text.append(AnswerTables.of(report)).append(CaptionTables.of(report));
    if (report.slices().values().stream().anyMatch(slice -> slice.language().isPresent())) {
      text.append(
          "\nAgreement with language: share of captions whose image is found first, or among the"
              + " first five, and the same for images and their captions; share of hidden words"
              + " that are told, one and three hidden at once, and of a network that saw no image"
              + " (all in per cent); mean squared difference between the cosines of words and of"
              + " their codes, and that of codes which are all equally alike:\n\n");
      text.append(language(report));
    }
    text.append(MadeTables.of(report));
    return text.toString();
  }

  private static String reconstruction(Report report) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("split", "images", "PSNR dB", "Frechet", "codes used", "perplexity"));
    report
        .slices()
        .forEach(
            (split, slice) ->
                rows.add(
                    List.of(
                        split,
                        Integer.toString(slice.images()),
                        decibels(slice.psnr()),
                        distance(slice.frechet()),
                        "%d of %d".formatted(slice.codebook().used(), slice.codebook().size()),
                        format("%.0f", slice.codebook().perplexity()))));
    return table(rows);
  }

  private static String language(Report report) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(
        List.of(
            "split",
            "among",
            "text to image",
            "of five",
            "image to text",
            "of five",
            "hidden word",
            "blind",
            "three hidden",
            "blind",
            "likeness",
            "constant"));
    report
        .slices()
        .forEach((split, slice) -> slice.language().ifPresent(found -> add(rows, split, found)));
    return table(rows);
  }

  private static void add(List<List<String>> rows, String split, LanguageResult found) {
    rows.add(
        List.of(
            split,
            Integer.toString(found.textToImage().among()),
            percent(found.textToImage().first()),
            percent(found.textToImage().five().value()),
            percent(found.imageToText().first()),
            percent(found.imageToText().five().value()),
            percent(found.hiddenWord()),
            found.hiddenWordBlind().map(ReportTable::percent).orElse(NONE),
            percent(found.hiddenWords()),
            found.hiddenWordsBlind().map(ReportTable::percent).orElse(NONE),
            format("%.4f", found.likeness().value()),
            format("%.4f", found.likenessConstant())));
  }

  /** Rows as a Markdown table, the first of them its head; all of one length. */
  public static String table(List<List<String>> rows) {
    int[] widths = new int[rows.get(0).size()];
    for (List<String> row : rows) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], row.get(i).length());
      }
    }
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < rows.size(); i++) {
      line(text, rows.get(i), widths);
      if (i == 0) {
        List<String> rule = new ArrayList<>();
        for (int width : widths) {
          rule.add("-".repeat(width));
        }
        line(text, rule, widths);
      }
    }
    return text.toString();
  }

  private static void line(StringBuilder text, List<String> cells, int[] widths) {
    for (int i = 0; i < widths.length; i++) {
      text.append("| ")
          .append(cells.get(i))
          .append(" ".repeat(widths[i] - cells.get(i).length() + 1));
    }
    text.append("|\n");
  }

  static String decibels(Estimate estimate) {
    return format("%.2f (%.2f to %.2f)", estimate.value(), estimate.low(), estimate.high());
  }

  static String distance(OptionalDouble frechet) {
    return frechet.isPresent() ? format("%.2f", frechet.getAsDouble()) : NONE;
  }

  static String percent(Estimate estimate) {
    return format(
        "%.1f (%.1f to %.1f)", 100 * estimate.value(), 100 * estimate.low(), 100 * estimate.high());
  }

  /** A share 0 .. 1 in per cent, without the sign. */
  public static String percent(double share) {
    return format("%.1f", 100 * share);
  }

  /** As {@link String#format}, the same in every country. */
  public static String format(String pattern, Object... values) {
    return String.format(Locale.ROOT, pattern, values);
  }
}
