package com.techcorp.bench.report;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A page of the documentation, of which a run rewrites what is between two markers. */
public final class Page {
  public static final String BEGIN = "<!-- results:begin -->";
  public static final String END = "<!-- results:end -->";

  private final Path file;

  public Page(Path file) {
    this.file = file;
  }

  /** The picture's name, beside the page. */
  public String picture() {
    return stem() + ".svg";
  }

  /** The name of the picture of one finding, beside the page. */
  String picture(String title) {
    return stem() + "-" + title.toLowerCase(Locale.ROOT).replace(' ', '-') + ".svg";
  }

  private String stem() {
    return name().replaceFirst("\\.md$", "");
  }

  /** Before a run of an hour, not after it. */
  public void check() {
    if (Files.exists(file)) {
      around();
    }
  }

  /**
   * Writes results and pictures.
   *
   * @param results Markdown
   * @param pictures SVG, by the names of their files
   */
  public void write(List<String> results, Map<String, String> pictures) {
    String[] around = Files.exists(file) ? around() : new String[] {"", "\n"};
    String text =
        around[0] + BEGIN + "\n\n" + String.join("\n", results) + "\n\n" + END + around[1];
    try {
      Path parent = file.toAbsolutePath().getParent();
      if (parent != null) {
        Files.createDirectories(parent);
      }
      Files.writeString(file, text, StandardCharsets.UTF_8);
      for (Map.Entry<String, String> picture : pictures.entrySet()) {
        Files.writeString(
            file.resolveSibling(picture.getKey()), picture.getValue(), StandardCharsets.UTF_8);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String[] around() {
    try {
      String text = Files.readString(file, StandardCharsets.UTF_8);
      int begin = text.indexOf(BEGIN);
      int end = text.indexOf(END);
      if (begin < 0 || end < begin) {
        throw new IllegalArgumentException(
            name() + " has no lines " + BEGIN + " and " + END + ": add them where results belong");
      }
      return new String[] {text.substring(0, begin), text.substring(end + END.length())};
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String name() {
    return String.valueOf(file.getFileName());
  }
}
