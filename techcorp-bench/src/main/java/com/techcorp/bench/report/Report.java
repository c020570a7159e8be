package com.techcorp.bench.report;

import com.techcorp.bench.contender.Contender;
import com.techcorp.bench.database.Tables;
import com.techcorp.bench.plan.BenchOptions;
import com.techcorp.bench.plan.Condition;
import com.techcorp.bench.scenario.Results;
import com.techcorp.bench.text.Finding;
import com.techcorp.bench.text.MarkdownTable;
import com.techcorp.bench.text.Texts;
import com.techcorp.bench.workload.Load;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a run found, as Markdown. */
public final class Report {
  private final BenchOptions options;
  private final Environment environment;
  private final Results results;
  private final List<Finding> findings;

  public Report(
      BenchOptions options, Environment environment, Results results, List<Finding> findings) {
    this.options = options;
    this.environment = environment;
    this.results = results;
    this.findings = List.copyOf(findings);
  }

  /**
   * The report.
   *
   * @param page beside which its pictures are
   */
  public List<String> markdown(Page page) {
    List<String> lines = new ArrayList<>();
    lines.add(
        "Mode `"
            + options.mode()
            + "`, "
            + options.rounds()
            + (options.rounds() == 1 ? " round, " : " rounds, ")
            + options.times().measured().toMillis() / 1e3
            + " s a slice after "
            + options.times().warmUp().toMillis() / 1e3
            + " s of warm-up. Figures are medians of the rounds, in brackets the least and the most.");
    lines.add("");
    lines.addAll(environment.lines());
    if (!results.isEmpty()) {
      lines.add("");
      lines.add("![Orders a second of each contender](" + page.picture() + ")");
    }
    lines.addAll(figures(page));
    heading("Settings of the server", lines);
    lines.addAll(environment.settings());
    return lines;
  }

  /** The pictures, by the names of their files beside a page. */
  public Map<String, String> pictures(Page page) {
    Map<String, String> pictures = new LinkedHashMap<>();
    pictures.put(page.picture(), BarChart.of(results));
    for (Finding finding : findings) {
      if (!finding.ratios().isEmpty()) {
        pictures.put(page.picture(finding.title()), RatioChart.of(finding.ratios()));
      }
    }
    return pictures;
  }

  /** The figures alone. */
  public List<String> tables() {
    return figures(null);
  }

  /**
   * Tables of everything, with the findings' pictures.
   *
   * @param page beside which the pictures are; null: without them
   */
  private List<String> figures(@Nullable Page page) {
    List<String> lines = new ArrayList<>();
    results.groups().forEach(group -> group(group, lines));
    for (Finding finding : findings) {
      heading(finding.title(), lines);
      if (page != null && !finding.ratios().isEmpty()) {
        String picture = page.picture(finding.title());
        lines.addAll(List.of("![" + finding.title() + ": ratios](" + picture + ")", ""));
      }
      lines.addAll(finding.lines());
    }
    return lines;
  }

  private static void heading(String text, List<String> lines) {
    lines.addAll(List.of("", "### " + text, ""));
  }

  private void group(Condition.Group group, List<String> lines) {
    heading(title(group), lines);
    MarkdownTable table =
        new MarkdownTable(
            "clients",
            "contender",
            "pool",
            "orders/s",
            "to two-commit",
            "p50, ms",
            "p99, ms",
            "commits",
            "statements",
            "WAL, KB",
            "rows",
            "dead rows",
            "CPU client, µs",
            "CPU server, µs");
    for (Condition cell : results.cells(group)) {
      results.lines(cell).forEach(line -> table.row(cells(line).toArray(new String[0])));
    }
    lines.addAll(table.lines());
  }

  private String title(Condition.Group group) {
    String load = group.load() == Load.HOT ? "One hot product" : "Uniform";
    String tables =
        group.tables() == Tables.EMPTY
            ? "empty tables"
            : Texts.whole((double) options.finishedOrders()) + " finished orders in the tables";
    return load + ", " + tables + ", provider " + group.provider().toMillis() + " ms";
  }

  private List<String> cells(Results.Line line) {
    return List.of(
        String.valueOf(line.cell().clients()),
        line.contender().toString(),
        String.valueOf(line.pool()),
        Texts.rate(line.rate()),
        results.ratio(line, Contender.TWO_COMMIT).map(Texts::ratio).orElse("-"),
        Texts.millis(line.median(s -> s.result().millis(50))),
        Texts.millis(line.median(s -> s.result().millis(99))),
        Texts.two(line.median(s -> s.costs().commits())),
        line.statements().isPresent() ? Texts.two(line.statements().getAsDouble()) : "-",
        Texts.one(line.median(s -> s.costs().walBytes()) / 1e3),
        Texts.one(line.median(s -> s.costs().rows())),
        Texts.one(line.median(s -> s.costs().dead())),
        Texts.whole(line.median(s -> s.costs().clientMicros())),
        Texts.whole(line.serverMicros()));
  }
}
