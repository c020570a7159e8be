package com.techcorp.bench.text;

import java.util.List;

/**
 * What one of the scenarios beside the matrix showed.
 *
 * @param title its heading
 * @param lines Markdown
 * @param ratios what a picture of it shows; empty: it has none
 */
public record Finding(String title, List<String> lines, List<Ratio> ratios) {
  /** A finding without a picture. */
  public Finding(String title, List<String> lines) {
    this(title, lines, List.of());
  }
}
