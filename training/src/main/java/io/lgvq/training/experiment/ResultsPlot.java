package io.lgvq.training.experiment;

import io.lgvq.training.run.Backbone;
import java.awt.Color;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.BitmapEncoder.BitmapFormat;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategoryChartBuilder;
import org.knowm.xchart.style.CategoryStyler;
import org.knowm.xchart.style.Styler.ChartTheme;
import org.knowm.xchart.style.Styler.LegendLayout;
import org.knowm.xchart.style.Styler.LegendPosition;

/** Draws differences from the baselines with their intervals, a chart a measure. Stateless. */
final class ResultsPlot {

  private static final int COLUMNS = 2;

  private ResultsPlot() {}

  /** Draws one split; nothing if no guided cell has been compared. */
  static void draw(Results results, String split, Path png) throws IOException {
    List<CategoryChart> charts = new ArrayList<>();
    for (Measure measure : Measure.foremost()) {
      CategoryChart chart = chart(results, measure, split);
      if (!chart.getSeriesMap().isEmpty()) {
        charts.add(chart);
      }
    }
    if (charts.size() % COLUMNS != 0) {
      charts.remove(charts.size() - 1);
    }
    if (!charts.isEmpty()) {
      BitmapEncoder.saveBitmap(
          charts, charts.size() / COLUMNS, COLUMNS, png.toString(), BitmapFormat.PNG);
    }
  }

  private static CategoryChart chart(Results results, Measure measure, String split) {
    CategoryChart chart =
        new CategoryChartBuilder()
            .width(640)
            .height(340)
            .title(measure.title() + (measure.more() ? "" : " (less is better)"))
            .yAxisTitle("difference" + (measure.unit().isEmpty() ? "" : ", " + measure.unit()))
            .theme(ChartTheme.XChart)
            .build();
    CategoryStyler styler = chart.getStyler();
    styler.setYAxisDecimalPattern("0.###");
    styler.setChartBackgroundColor(Color.WHITE);
    styler.setErrorBarsColor(Color.DARK_GRAY);
    styler.setLegendPosition(LegendPosition.OutsideS);
    styler.setLegendLayout(LegendLayout.Horizontal);
    styler.setLegendBorderColor(Color.WHITE);
    styler.setAvailableSpaceFill(0.6);
    List<String> names =
        results.cells().stream()
            .filter(cell -> !cell.parts().isEmpty())
            .map(Cell::guidance)
            .distinct()
            .toList();
    for (Backbone backbone : Backbone.values()) {
      List<Double> means = new ArrayList<>();
      List<Double> halves = new ArrayList<>();
      for (String name : names) {
        Interval found =
            results.cells().stream()
                .filter(cell -> cell.backbone() == backbone && cell.guidance().equals(name))
                .findFirst()
                .flatMap(cell -> results.difference(cell, measure, split))
                .orElse(null);
        means.add(found == null ? Double.NaN : found.mean());
        halves.add(found == null || Double.isNaN(found.half()) ? 0 : found.half());
      }
      if (!means.stream().allMatch(mean -> mean.isNaN())) {
        chart.addSeries(backbone.title(), names, means, halves);
      }
    }
    return chart;
  }
}
