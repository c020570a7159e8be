package com.techcorp.jdbc;

import com.techcorp.servers.postgres.PostgresOptions;
import com.techcorp.servers.postgres.PostgresServer;
import com.zaxxer.hikari.HikariDataSource;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A server that logs the plan of each statement as it runs it, and what it logged. */
final class PlanLog {
  private static final String APPLICATION = "plans";

  /** Process, transaction and application stand before each entry. */
  private static final Pattern ENTRY =
      Pattern.compile("(?ms)^#(\\S+) (\\S+) (\\S*)# (.*?)(?=^#|\\z)");

  private static final Pattern PLAN =
      Pattern.compile(
          "(?s)LOG:\\s+duration: .*? plan:\\s+Query Text: (.*?)(?:\\n\\s*Query Parameters: .*?)?"
              + "\\n([^\\n]*\\(cost=.*)");

  private static final PostgresServer SERVER =
      PostgresServer.start(
          PostgresOptions.DEFAULT
              .withSetting("shared_preload_libraries", "auto_explain")
              .withSetting("auto_explain.log_min_duration", "0")
              .withSetting("auto_explain.log_nested_statements", "on")
              .withSetting("auto_explain.log_verbose", "on")
              .withSetting("log_line_prefix", "#%p %v %a# "));

  private PlanLog() {}

  /** A new database on the server, which the tests of this JVM share and nobody closes. */
  static TestDatabase database() {
    return TestDatabase.on(SERVER);
  }

  /** Connections whose statements are looked at. */
  static HikariDataSource pool(TestDatabase database, int size) {
    return TestDatabase.pool(database.url() + "&ApplicationName=" + APPLICATION, size);
  }

  /** Where the log ends now. */
  static long position() {
    return SERVER.logPosition();
  }

  /** What the connections of such pools did since. */
  static List<LoggedPlan> since(long position) {
    List<LoggedPlan> plans = new ArrayList<>();
    Matcher entry = ENTRY.matcher(SERVER.logSince(position));
    while (entry.find()) {
      Matcher plan = PLAN.matcher(entry.group(4));
      if (entry.group(3).equals(APPLICATION) && plan.find()) {
        plans.add(
            new LoggedPlan(
                entry.group(1) + " " + entry.group(2),
                plan.group(1).strip().replaceAll("\\s+", " "),
                plan.group(2)));
      }
    }
    return plans;
  }
}
