package com.techcorp.bench.report;

import com.techcorp.bench.contender.Contender;
import com.techcorp.bench.plan.Condition;
import com.techcorp.bench.scenario.Results;
import com.techcorp.bench.statistics.Summary;
import com.techcorp.bench.text.Texts;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Orders a second as bars, one panel a set of conditions, with the rounds' least and most as a line
 * on each bar.
 */
final class BarChart {
  private static final int COLUMNS = 2;
  private static final int WIDTH = 440;
  private static final int HEIGHT = 220;
  private static final int LEFT = 60;
  private static final int TOP = 34;
  private static final int PLOT_WIDTH = 360;
  private static final int PLOT_HEIGHT = 140;
  private static final int LEGEND = 40;
  private static final int GRID_LINES = 4;
  private static final Map<Contender, String> COLOURS =
      Map.of(
          Contender.ENGINE, "#1f6feb",
          Contender.ENGINE_ASYNC, "#79c0ff",
          Contender.TWO_COMMIT, "#d29922",
          Contender.COMMIT_A_STEP, "#8b949e");

  private final Results results;
  private final StringBuilder svg = new StringBuilder();

  private BarChart(Results results) {
    this.results = results;
  }

  static String of(Results results) {
    return new BarChart(results).draw();
  }

  private String draw() {
    List<Condition.Group> groups = results.groups();
    int rows = (groups.size() + COLUMNS - 1) / COLUMNS;
    int width = COLUMNS * WIDTH;
    int height = LEGEND + rows * HEIGHT;
    add(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" viewBox=\"0 0 %d %d\""
            + " font-family=\"sans-serif\" font-size=\"11\" fill=\"#24292f\">",
        width, height, width, height);
    add("<rect width=\"%d\" height=\"%d\" fill=\"#ffffff\"/>", width, height);
    legend();
    for (int i = 0; i < groups.size(); i++) {
      add("<g transform=\"translate(%d %d)\">", i % COLUMNS * WIDTH, LEGEND + i / COLUMNS * HEIGHT);
      panel(groups.get(i));
      add("</g>");
    }
    add("</svg>");
    return svg.toString();
  }

  private void legend() {
    int x = LEFT;
    for (Contender contender : Contender.all()) {
      add("<rect x=\"%d\" y=\"14\" width=\"12\" height=\"12\" fill=\"%s\"/>", x, colour(contender));
      add("<text x=\"%d\" y=\"24\">%s</text>", x + 18, contender);
      x += 130;
    }
    add("<text x=\"%d\" y=\"24\">orders a second by number of clients</text>", x);
  }

  private void panel(Condition.Group group) {
    List<Condition> cells = results.cells(group);
    double most =
        cells.stream()
            .flatMap(cell -> results.lines(cell).stream())
            .mapToDouble(line -> line.rate().most())
            .max()
            .orElse(1);
    double top = roundUp(most);
    add("<text x=\"%d\" y=\"20\" font-weight=\"bold\">%s</text>", LEFT, group);
    for (int i = 0; i <= GRID_LINES; i++) {
      double value = top * i / GRID_LINES;
      double y = y(value, top);
      add(
          "<line x1=\"%d\" y1=\"%.1f\" x2=\"%d\" y2=\"%.1f\" stroke=\"#d0d7de\"/>",
          LEFT, y, LEFT + PLOT_WIDTH, y);
      add(
          "<text x=\"%d\" y=\"%.1f\" text-anchor=\"end\">%s</text>",
          LEFT - 6, y + 4, Texts.whole(value));
    }
    for (int i = 0; i < cells.size(); i++) {
      bars(cells.get(i), i, cells.size(), top);
    }
  }

  private void bars(Condition cell, int index, int count, double top) {
    double slot = (double) PLOT_WIDTH / count;
    double from = LEFT + index * slot;
    List<Results.Line> lines = new ArrayList<>(results.lines(cell));
    double width = slot * 0.8 / Math.max(1, lines.size());
    for (int i = 0; i < lines.size(); i++) {
      Results.Line line = lines.get(i);
      Summary rate = line.rate();
      double x = from + slot * 0.1 + i * width;
      double y = y(rate.median(), top);
      add(
          "<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" fill=\"%s\"><title>%s: %s/s</title></rect>",
          x,
          y,
          width * 0.9,
          TOP + PLOT_HEIGHT - y,
          colour(line.contender()),
          line.contender(),
          Texts.rate(rate));
      double middle = x + width * 0.45;
      add(
          "<line x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\" stroke=\"#24292f\"/>",
          middle, y(rate.least(), top), middle, y(rate.most(), top));
    }
    add(
        "<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">%d</text>",
        from + slot / 2, TOP + PLOT_HEIGHT + 16, cell.clients());
  }

  private static double y(double value, double top) {
    return TOP + PLOT_HEIGHT * (1 - value / top);
  }

  /** To 1, 2, 4 or 10 times a power of ten. */
  private static double roundUp(double value) {
    double power = Math.pow(10, Math.floor(Math.log10(Math.max(1, value))));
    for (double factor : new double[] {1, 2, 4, 6, 8}) {
      if (value <= factor * power) {
        return factor * power;
      }
    }
    return 10 * power;
  }

  private static String colour(Contender contender) {
    return COLOURS.getOrDefault(contender, "#000000");
  }

  private void add(String format, Object... values) {
    svg.append(String.format(Locale.ROOT, format, values)).append('\n');
  }
}
