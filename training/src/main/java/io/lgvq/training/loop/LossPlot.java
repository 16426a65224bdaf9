package io.lgvq.training.loop;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.BitmapEncoder.BitmapFormat;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.style.Styler.ChartTheme;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Draws the curves of a {@link LossLog}, a chart below the other, as one PNG. */
final class LossPlot {

  private LossPlot() {}

  /** Draws a CSV file whose first column is the step; nothing is drawn of fewer than two lines. */
  static void draw(String title, Path csv, Path png) throws IOException {
    List<String[]> lines = Files.readAllLines(csv).stream().map(line -> line.split(",")).toList();
    if (lines.size() < 3) {
      return;
    }
    String[] names = lines.get(0);
    List<String[]> rows = lines.subList(1, lines.size());
    double[] steps = column(rows, 0);
    List<XYChart> charts =
        java.util.stream.IntStream.range(1, names.length)
            .mapToObj(i -> chart(title + ": " + names[i], names[i], steps, column(rows, i)))
            .toList();
    // The encoder wants every place of the table filled.
    int columns = charts.size() % 3 == 0 ? 3 : charts.size() % 2 == 0 ? 2 : 1;
    BitmapEncoder.saveBitmap(
        charts, charts.size() / columns, columns, png.toString(), BitmapFormat.PNG);
  }

  private static double[] column(List<String[]> rows, int column) {
    return rows.stream().mapToDouble(row -> Double.parseDouble(row[column])).toArray();
  }

  private static XYChart chart(String title, String name, double[] steps, double[] values) {
    XYChart chart =
        new XYChartBuilder()
            .width(480)
            .height(320)
            .title(title)
            .xAxisTitle("step")
            .theme(ChartTheme.XChart)
            .build();
    chart.getStyler().setLegendVisible(false);
    chart.addSeries(name, steps, values).setMarker(SeriesMarkers.NONE);
    return chart;
  }
}
