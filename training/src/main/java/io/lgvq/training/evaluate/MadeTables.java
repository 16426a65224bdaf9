package io.lgvq.training.evaluate;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The tables of what was painted and completed. Stateless. */
final class MadeTables {

  private MadeTables() {}

  /** Both, each with a sentence on how to read it; without what the bundle cannot make. */
  static String of(Report report) {
    return section(
            report,
            Report.Slice::painted,
            "Painted from captions alone: Frechet distance from the images, that of the images'"
                + " reconstructions beside it (comparable within a row only), and share of the"
                + " objects that the bundle's own caption head finds in what was painted:",
            List.of("split", "images", "Frechet", "reconstructed", "objects found"),
            painted ->
                List.of(
                    Integer.toString(painted.images()),
                    ReportTable.distance(painted.frechet()),
                    ReportTable.distance(painted.reconstructed()),
                    painted.named().map(ReportTable::percent).orElse(ReportTable.NONE)))
        + section(
            report,
            Report.Slice::completed,
            "The middle, half of each side, made up: Frechet distance likewise, and PSNR of that"
                + " part in dB, beside the reconstruction, which saw it, and the mean colour of what"
                + " is around it:",
            List.of(
                "split", "images", "Frechet", "reconstructed", "made up", "reconstruction", "flat"),
            completed ->
                List.of(
                    Integer.toString(completed.images()),
                    ReportTable.distance(completed.frechet()),
                    ReportTable.distance(completed.reconstructed()),
                    ReportTable.decibels(completed.hole()),
                    ReportTable.decibels(completed.holeReconstructed()),
                    ReportTable.decibels(completed.holeFlat())));
  }

  private static <T> String section(
      Report report,
      Function<Report.Slice, Optional<T>> part,
      String sentence,
      List<String> head,
      Function<T, List<String>> cells) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(head);
    report
        .slices()
        .forEach(
            (split, slice) ->
                part.apply(slice)
                    .ifPresent(
                        found -> {
                          List<String> row = new ArrayList<>(List.of(split));
                          row.addAll(cells.apply(found));
                          rows.add(row);
                        }));
    return rows.size() == 1 ? "" : "\n" + sentence + "\n\n" + ReportTable.table(rows);
  }
}
