package com.techcorp.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class SessionsCommandTest {
  private static final String USER = "0191e3a0-0000-7000-8000-000000000001";
  private static final String SESSION = "0191e3a0-0000-7000-8000-000000000002";

  /** Nobody listens there. */
  private static final Map<String, String> AWAY =
      Map.of("TECHCORP_REDIS_URL", "redis://ops:hunter2@127.0.0.1:1");

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(Map<String, String> env, String... args) {
    out.getBuffer().setLength(0);
    err.getBuffer().setLength(0);
    CommandLine line = OperatorCommand.commandLine(env);
    line.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
    List<String> command = new ArrayList<>(List.of("sessions"));
    command.addAll(List.of(args));
    return line.execute(command.toArray(String[]::new));
  }

  @Test
  void helpGoesToTheOutputAndIsNoError() {
    assertThat(run(Map.of(), "--help")).isEqualTo(OperatorCommand.DONE);
    assertThat(out.toString()).contains("list", "end");
    assertThat(run(Map.of(), "end", "--help")).isEqualTo(OperatorCommand.DONE);
    assertThat(out.toString()).contains("--all-but=ID", "--key-prefix=PREFIX", "--url");
    assertThat(run(Map.of(), "events", "--help")).isEqualTo(OperatorCommand.DONE);
    assertThat(out.toString()).contains("--user-id=ID", "--session=ID", "--url");
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void wrongUsageSaysWhatIsMissing() {
    assertThat(run(AWAY)).isEqualTo(OperatorCommand.USAGE);
    assertThat(run(AWAY, "list")).isEqualTo(OperatorCommand.USAGE);
    assertThat(err.toString()).contains("'--user-id=ID'");
    assertThat(run(Map.of(), "list", "--user-id", USER)).isEqualTo(OperatorCommand.USAGE);
    assertThat(err.toString()).startsWith("TECHCORP_REDIS_URL must name Redis");
    assertThat(run(AWAY, "list", "--user-id", USER, "--key-prefix", "a b"))
        .isEqualTo(OperatorCommand.USAGE);
    assertThat(err.toString()).startsWith("--key-prefix must be");
    assertThat(run(AWAY, "events", "--user-id", USER, "--session", SESSION))
        .isEqualTo(OperatorCommand.USAGE);
    assertThat(err.toString()).startsWith("--url must begin with jdbc:postgresql:");
  }

  @Test
  void whichSessionsEndHasToBeSaidInOneWay() {
    String which = "give one of --session, --all and --all-but";

    assertThat(run(AWAY, "end", "--user-id", USER)).isEqualTo(OperatorCommand.USAGE);
    assertThat(err.toString()).startsWith(which).contains("Usage: techcorp sessions end");
    assertThat(run(AWAY, "end", "--user-id", USER, "--all", "--all-but", SESSION))
        .isEqualTo(OperatorCommand.USAGE);
    assertThat(err.toString()).startsWith(which);
    assertThat(run(AWAY, "end", "--user-id", USER, "--session", SESSION, "--all"))
        .isEqualTo(OperatorCommand.USAGE);
    assertThat(err.toString()).startsWith(which);
  }

  @Test
  void whatIsNotUnderstoodIsNotRepeated() {
    assertThat(run(AWAY, "list", "--user-id", "ana@example.com")).isEqualTo(OperatorCommand.USAGE);
    assertThat(err.toString()).contains("it needs an id such as").doesNotContain("ana@");
    assertThat(run(AWAY, "end", "--user-id", USER, "--all", "--token-validity", "hunter2"))
        .isEqualTo(OperatorCommand.USAGE);
    assertThat(err.toString()).contains("it needs a duration").doesNotContain("hunter2");
    assertThat(run(AWAY, "end", "--user-id", USER, "--all", "--token-validity", "P3D"))
        .isEqualTo(OperatorCommand.USAGE);
    assertThat(err.toString()).startsWith("--token-validity must be at most PT48H");
  }

  @Test
  void aDatabaseThatCannotBeOneEndsNothing() {
    assertThat(run(AWAY, "end", "--user-id", USER, "--all", "--url", "jdbc:mysql://host/shop"))
        .isEqualTo(OperatorCommand.USAGE);
    assertThat(err.toString()).startsWith("--url must begin with jdbc:postgresql:");
  }

  @Test
  void aRedisThatIsAwayIsToldWithoutItsPassword() {
    assertThat(run(AWAY, "list", "--user-id", USER)).isEqualTo(OperatorCommand.FAILED);
    assertThat(err.toString()).contains("Redis cannot be reached").doesNotContain("Usage");
    assertThat(run(AWAY, "end", "--user-id", USER, "--all")).isEqualTo(OperatorCommand.FAILED);
    assertThat(out.toString()).isEmpty();

    Map<String, String> wrong = Map.of("TECHCORP_REDIS_URL", "http://ops:hunter2@host");
    assertThat(run(wrong, "list", "--user-id", USER)).isEqualTo(OperatorCommand.FAILED);
    assertThat(err.toString()).contains("the address cannot be read").doesNotContain("hunter2");
  }
}
