package com.techcorp.jdbc.internal.batch;

import com.techcorp.jdbc.SchemaNames;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The texts of statements that travel together, each made once, with the names of the schemas.
 * Thread-safe.
 */
public final class StatementTexts {
  private static final int MOST = 1_000;

  private final SchemaNames names;
  private final Map<List<String>, String> known = new ConcurrentHashMap<>();

  public StatementTexts(SchemaNames names) {
    this.names = names;
  }

  public SchemaNames names() {
    return names;
  }

  /**
   * Returns the statements joined into one text. The same string each time: the driver looks its
   * prepared statements up by their text, which is long, and a string hashes itself only once.
   */
  String joined(List<String> statements) {
    String text = known.get(statements);
    if (text != null) {
      return text;
    }
    String all = names.resolve(String.join(";\n", statements) + ";\n");
    if (known.size() < MOST) {
      known.put(statements, all);
    }
    return all;
  }
}
