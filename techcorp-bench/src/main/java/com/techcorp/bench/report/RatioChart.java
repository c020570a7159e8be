package com.techcorp.bench.report;

import com.techcorp.bench.text.Ratio;
import com.techcorp.bench.text.Texts;
import java.util.List;
import java.util.Locale;

/**
 * Ratios as bars, one below the other, each in parts of what is wanted, with the rounds' least and
 * most as a line on each bar. What is more than twice as much as wanted ends at the edge.
 */
final class RatioChart {
  private static final int WIDTH = 880;
  private static final int LEFT = 270;
  private static final int PLOT_WIDTH = 400;
  private static final int TOP = 34;
  private static final int ROW = 28;
  private static final int BAR = 16;
  private static final double EDGE = 2;

  private final List<Ratio> ratios;
  private final StringBuilder svg = new StringBuilder();

  private RatioChart(List<Ratio> ratios) {
    this.ratios = ratios;
  }

  static String of(List<Ratio> ratios) {
    return new RatioChart(ratios).draw();
  }

  private String draw() {
    int bottom = TOP + ratios.size() * ROW;
    int height = bottom + 10;
    add(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" viewBox=\"0 0 %d %d\""
            + " font-family=\"sans-serif\" font-size=\"11\" fill=\"#24292f\">",
        WIDTH, height, WIDTH, height);
    add("<rect width=\"%d\" height=\"%d\" fill=\"#ffffff\"/>", WIDTH, height);
    for (int i = 0; i < ratios.size(); i++) {
      bar(ratios.get(i), TOP + i * ROW);
    }
    double wanted = x(1);
    add(
        "<line x1=\"%.1f\" y1=\"%d\" x2=\"%.1f\" y2=\"%d\" stroke=\"#cf222e\""
            + " stroke-dasharray=\"4 3\"/>",
        wanted, TOP - 8, wanted, bottom);
    add("<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">wanted</text>", wanted, TOP - 12);
    add("</svg>");
    return svg.toString();
  }

  private void bar(Ratio ratio, int y) {
    double end = x(ratio.spread().median() / ratio.wanted());
    int middle = y + BAR / 2;
    add("<text x=\"%d\" y=\"%d\" text-anchor=\"end\">%s</text>", LEFT - 8, y + 12, ratio.what());
    add(
        "<rect x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"%d\" fill=\"#1f6feb\"><title>%s: %s</title></rect>",
        LEFT, y, end - LEFT, BAR, ratio.what(), Texts.ratio(ratio.spread()));
    add(
        "<line x1=\"%.1f\" y1=\"%d\" x2=\"%.1f\" y2=\"%d\" stroke=\"#24292f\"/>",
        x(ratio.spread().least() / ratio.wanted()),
        middle,
        x(ratio.spread().most() / ratio.wanted()),
        middle);
    add(
        "<text x=\"%d\" y=\"%d\">%s, wanted %s</text>",
        LEFT + PLOT_WIDTH + 8, y + 12, Texts.ratio(ratio.spread()), Texts.ratio(ratio.wanted()));
  }

  private static double x(double partOfWanted) {
    return LEFT + PLOT_WIDTH * Math.min(EDGE, partOfWanted) / EDGE;
  }

  private void add(String format, Object... values) {
    svg.append(String.format(Locale.ROOT, format, values)).append('\n');
  }
}
