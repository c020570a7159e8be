package com.techcorp.jdbc;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** The violations that the tests of the invariant checker plant, read from resources. */
final class InvariantPlants {
  private static final List<String> FILES =
      List.of("i1.sql", "i2.sql", "i3.sql", "i4.sql", "i5-i6.sql", "i8-i9.sql", "i13.sql");

  private InvariantPlants() {}

  /**
   * One violation. Its section begins with {@code --- rule note}; a note that begins with "settled"
   * plants it in a world where all work is done.
   */
  record Plant(String rule, String note, String sql) {
    boolean settled() {
      return note.startsWith("settled");
    }

    @Override
    public String toString() {
      return note.isEmpty() ? rule : rule + ": " + note;
    }
  }

  static List<Plant> all() {
    return FILES.stream().flatMap(file -> sections(read("plants/" + file), file)).toList();
  }

  /** A script beside this class. */
  static String read(String resource) {
    try (InputStream in = InvariantPlants.class.getResourceAsStream(resource)) {
      byte[] bytes = Objects.requireNonNull(in, resource).readAllBytes();
      return new String(bytes, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Stream<Plant> sections(String script, String file) {
    return Arrays.stream(script.split("(?m)^--- "))
        .filter(section -> !section.isBlank())
        .map(section -> plant(section, file));
  }

  private static Plant plant(String section, String file) {
    int end = section.indexOf('\n');
    if (end < 0) {
      throw new IllegalStateException(file + " has a section without SQL: " + section);
    }
    String[] title = section.substring(0, end).strip().split(" ", 2);
    return new Plant(title[0], title.length == 1 ? "" : title[1], section.substring(end));
  }
}
