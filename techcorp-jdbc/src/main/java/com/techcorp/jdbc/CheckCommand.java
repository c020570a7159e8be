package com.techcorp.jdbc;

import com.techcorp.error.UnavailableException;
import java.io.PrintStream;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * Checks the invariants of a database from a command line; see {@link InvariantCheck}.
 *
 * <pre>{@code
 * java -cp … com.techcorp.jdbc.CheckCommand --url jdbc:postgresql://host/shop --user reader
 * }</pre>
 *
 * <p>Options: {@code --url} (required), {@code --user}, {@code --settled}, {@code --slack}, {@code
 * --hold-cap} and {@code --timeout} (ISO 8601, such as {@code PT30S}). The password comes from the
 * environment, {@code TECHCORP_POSTGRES_PASSWORD} or else {@code PGPASSWORD}, and is never printed.
 *
 * <p>Exit codes: 0 clean, 1 violations, 2 wrong usage or a database that cannot be read.
 */
public final class CheckCommand {
  static final int CLEAN = 0;
  static final int VIOLATIONS = 1;
  static final int ERROR = 2;

  private static final int LOGIN_SECONDS = 30;

  private static final String USAGE =
      """
      Usage: CheckCommand --url jdbc:postgresql://host:port/database [--user NAME]
                          [--settled] [--slack PT30S] [--hold-cap PT15M]
                          [--timeout PT10M] [--stock-elsewhere]
      The password is read from TECHCORP_POSTGRES_PASSWORD or PGPASSWORD.
      Exit codes: 0 clean, 1 violations, 2 wrong usage or a database that cannot be read.
      """;

  private CheckCommand() {}

  /**
   * Runs the check and ends the process with its exit code.
   *
   * @param args the options
   */
  public static void main(String[] args) {
    System.exit(run(args, System.getenv(), System.out, System.err));
  }

  /** Runs the check; gives the exit code. */
  static int run(String[] args, Map<String, String> env, PrintStream out, PrintStream err) {
    Options options;
    InvariantCheck check;
    try {
      options = Options.parse(args);
      if (options.help) {
        out.print(USAGE);
        return CLEAN;
      }
      check = options.check(env);
    } catch (IllegalArgumentException e) {
      err.println(e.getMessage());
      err.print(USAGE);
      return ERROR;
    }
    try {
      InvariantCheck.Report report = check.run();
      out.print(report.text());
      return report.isClean() ? CLEAN : VIOLATIONS;
    } catch (UnavailableException e) {
      err.println(e.getMessage());
      return ERROR;
    }
  }

  /** The command line, read. */
  private static final class Options {
    private @Nullable String url;
    private @Nullable String user;
    private Duration slack = Duration.ofSeconds(30);
    private Duration holdCap = Duration.ofMinutes(15);
    private Duration timeout = Duration.ofMinutes(10);
    private boolean settled;
    private boolean stockElsewhere;
    private boolean help;

    static Options parse(String[] args) {
      Options options = new Options();
      for (int i = 0; i < args.length; i++) {
        switch (args[i]) {
          case "--help", "-h" -> options.help = true;
          case "--settled" -> options.settled = true;
          case "--stock-elsewhere" -> options.stockElsewhere = true;
          case "--url" -> options.url = value(args, i++);
          case "--user" -> options.user = value(args, i++);
          case "--slack" -> options.slack = duration(args, i++);
          case "--hold-cap" -> options.holdCap = duration(args, i++);
          case "--timeout" -> options.timeout = duration(args, i++);
          // Not repeated: a mistyped option may hold what should not be printed.
          default -> throw new IllegalArgumentException("Argument " + (i + 1) + " is not known.");
        }
      }
      return options;
    }

    InvariantCheck check(Map<String, String> env) {
      if (url == null || !url.startsWith("jdbc:postgresql:")) {
        throw new IllegalArgumentException("--url must begin with jdbc:postgresql:");
      }
      if (url.toLowerCase(Locale.ROOT).contains("password=")) {
        throw new IllegalArgumentException("--url must not hold a password; use the environment.");
      }
      PGSimpleDataSource dataSource = new PGSimpleDataSource();
      try {
        dataSource.setUrl(url);
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException(
            "--url is not an address that PostgreSQL's driver reads.", e);
      }
      if (user != null) {
        dataSource.setUser(user);
      }
      String password = env.getOrDefault("TECHCORP_POSTGRES_PASSWORD", env.get("PGPASSWORD"));
      if (password != null) {
        dataSource.setPassword(password);
      }
      if (dataSource.getLoginTimeout() == 0) {
        dataSource.setLoginTimeout(LOGIN_SECONDS); // the driver's default is to wait for ever
      }
      return InvariantCheck.on(dataSource)
          .withTimeout(timeout)
          .slack(slack)
          .holdCap(holdCap)
          .settled(settled)
          .stockElsewhere(stockElsewhere);
    }

    private static String value(String[] args, int option) {
      if (option + 1 == args.length) {
        throw new IllegalArgumentException(args[option] + " needs a value.");
      }
      return args[option + 1];
    }

    private static Duration duration(String[] args, int option) {
      try {
        return Duration.parse(value(args, option));
      } catch (DateTimeParseException e) {
        throw new IllegalArgumentException(args[option] + " needs a duration such as PT30S.", e);
      }
    }
  }
}
