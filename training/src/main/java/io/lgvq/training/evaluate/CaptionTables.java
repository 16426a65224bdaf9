package io.lgvq.training.evaluate;

import static io.lgvq.training.evaluate.ReportTable.NONE;
import static io.lgvq.training.evaluate.ReportTable.percent;

import io.lgvq.training.estimate.Estimate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a report says of captions, as Markdown. Stateless. */
final class CaptionTables {

  private final List<List<String>> objects = new ArrayList<>();
  private final List<List<String>> wording = new ArrayList<>();

  private CaptionTables() {
    objects.add(
        List.of(
            "split",
            "caption",
            "named",
            "true",
            "right number",
            "of those named",
            "all numbers right"));
    wording.add(List.of("split", "caption", "CIDEr-D", "BLEU-4", "ROUGE-L", "words"));
  }

  /** Both tables, the first only if some objects are known; nothing if there are no captions. */
  static String of(Report report) {
    CaptionTables tables = new CaptionTables();
    report
        .slices()
        .forEach((split, slice) -> slice.captions().ifPresent(found -> tables.add(split, found)));
    StringBuilder text = new StringBuilder();
    if (tables.objects.size() > 1) {
      text.append(
              "\nCaptions: share of the scene's objects that are named, of the named objects that"
                  + " are there, of the scene's objects that are named with the right number, and"
                  + " of those named; share of scenes whose every object has its right number (all"
                  + " in per cent). Baselines: the caption of the training image that looks most"
                  + " alike (among 2,000), and of any training image:\n\n")
          .append(ReportTable.table(tables.objects));
    }
    if (tables.wording.size() > 1) {
      text.append(
              "\nThe wording of the same captions beside all captions that the corpus has of the"
                  + " image (times 100, as papers give them), and their words:\n\n")
          .append(ReportTable.table(tables.wording));
    }
    return text.toString();
  }

  private void add(String split, Report.Captions captions) {
    add(split, "own", captions.own());
    add(split, "nearest image", captions.nearest());
    add(split, "any image", captions.random());
  }

  private void add(String split, String speaker, Report.CaptionScores scores) {
    if (scores.named().isPresent()) {
      objects.add(
          List.of(
              split,
              speaker,
              cell(scores.named()),
              cell(scores.truthful()),
              cell(scores.counts().map(Report.Counts::right)),
              cell(scores.counts().map(Report.Counts::rightOfNamed)),
              cell(scores.counts().map(Report.Counts::all))));
    }
    wording.add(
        List.of(
            split,
            speaker,
            percent(scores.wording().ciderD()),
            percent(scores.wording().bleu4()),
            percent(scores.wording().rougeL()),
            ReportTable.format("%.1f", scores.words())));
  }

  private static String cell(Optional<Estimate> share) {
    return share.map(ReportTable::percent).orElse(NONE);
  }
}
