package com.techcorp.bench.text;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** A table in Markdown, padded so that it can be read as plain text too. */
public final class MarkdownTable {
  private final List<List<String>> rows = new ArrayList<>();

  public MarkdownTable(String... header) {
    rows.add(List.of(header));
  }

  public MarkdownTable row(String... cells) {
    if (cells.length != rows.get(0).size()) {
      throw new IllegalArgumentException("a row has as many cells as the header");
    }
    rows.add(List.of(cells));
    return this;
  }

  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add(line(rows.get(0)));
    lines.add("|" + String.join("|", Collections.nCopies(rows.get(0).size(), "---")) + "|");
    rows.subList(1, rows.size()).forEach(row -> lines.add(line(row)));
    return lines;
  }

  private String line(List<String> row) {
    StringBuilder text = new StringBuilder("|");
    for (int i = 0; i < row.size(); i++) {
      int column = i;
      int width = rows.stream().mapToInt(r -> r.get(column).length()).max().orElse(0);
      text.append(' ').append(row.get(i)).append(" ".repeat(width - row.get(i).length()));
      text.append(" |");
    }
    return text.toString();
  }
}
