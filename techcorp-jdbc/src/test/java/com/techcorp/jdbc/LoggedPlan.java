package com.techcorp.jdbc;

import java.util.List;
import java.util.regex.Pattern;

/**
 * A statement that ran, and how.
 *
 * @param transaction in which it ran
 * @param query its text, on one line
 * @param plan as the server logs it
 */
record LoggedPlan(String transaction, String query, String plan) {
  private static final Pattern SCHEMAS =
      Pattern.compile("\\b(?:orders|inventory|payments|messaging|notifications|saga|auth)\\.");

  private static final Pattern SCAN =
      Pattern.compile(
          "Seq Scan on (?:orders|inventory|payments|messaging|notifications|saga|auth)\\.\\w+");

  /** An index that is read from end to end, which the planner takes for cheap while it is empty. */
  private static final Pattern WHOLE_INDEX =
      Pattern.compile(
          "Index (?:Only )?Scan using \\w+ on"
              + " (?:orders|inventory|payments|messaging|notifications|saga)\\.\\w+[^\\n]*"
              + "(?=\\n(?:\\s+Output: [^\\n]*\\n)?(?!\\s+(?:Output|Index Cond)))");

  private static final Pattern JOIN_OF_ALL = Pattern.compile("(?:Hash|Merge) (?:\\w+ )?Join");

  boolean isOfLibrary() {
    return SCHEMAS.matcher(query).find();
  }

  /** The tables that it reads from end to end, each with the statement. */
  List<String> scans() {
    return found(SCAN);
  }

  /** The indexes that it reads from end to end, each with the statement. */
  List<String> wholeIndexes() {
    return found(WHOLE_INDEX);
  }

  /** The joins that read all rows of a side, each with the statement. */
  List<String> joinsOfAll() {
    return found(JOIN_OF_ALL);
  }

  private List<String> found(Pattern what) {
    return what.matcher(plan).results().map(match -> match.group() + " in: " + query).toList();
  }
}
