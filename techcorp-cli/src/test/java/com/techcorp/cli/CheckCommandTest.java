package com.techcorp.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class CheckCommandTest {
  private static final String NOBODY = "jdbc:postgresql://127.0.0.1:1/shop";

  private StringWriter out = new StringWriter();
  private StringWriter err = new StringWriter();

  private int run(String... args) {
    out = new StringWriter();
    err = new StringWriter();
    String[] command = new String[args.length + 1];
    command[0] = "check";
    System.arraycopy(args, 0, command, 1, args.length);
    CommandLine line = OperatorCommand.commandLine(Map.of("PGPASSWORD", "hunter2"));
    line.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
    return line.execute(command);
  }

  @Test
  void helpGoesToTheOutputAndIsNoError() {
    assertThat(run("--help")).isEqualTo(CheckCommand.CLEAN);
    assertThat(out.toString())
        .startsWith("Usage: techcorp check ")
        .contains("Exit codes: 0 clean, 1 violations");
    assertThat(err.toString()).isEmpty();
    assertThat(run("-h")).isEqualTo(CheckCommand.CLEAN);
  }

  @Test
  void wrongUsageTellsWhatIsWrongAndThenTheUsage() {
    assertThat(run("--url", NOBODY, "--settled", "--quick")).isEqualTo(CheckCommand.ERROR);
    assertThat(err.toString())
        .startsWith("an option or a command is not known")
        .contains("Usage: techcorp check ")
        .doesNotContain("--quick");
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void whatIsNotUnderstoodIsNotRepeated() {
    assertThat(run("--passwort", "hunter2")).isEqualTo(CheckCommand.ERROR);
    assertThat(out + "" + err).doesNotContain("hunter2");
  }

  @Test
  void anOptionThatNeedsAValueSaysSo() {
    assertThat(run("--url")).isEqualTo(CheckCommand.ERROR);
    assertThat(err.toString()).contains("Missing required parameter for option '--url'");

    assertThat(run("--url", NOBODY, "--user")).isEqualTo(CheckCommand.ERROR);
    assertThat(err.toString()).contains("Missing required parameter for option '--user'");

    assertThat(run("--url", NOBODY, "--slack")).isEqualTo(CheckCommand.ERROR);
    assertThat(err.toString()).contains("Missing required parameter for option '--slack'");

    assertThat(run("--url", NOBODY, "--hold-cap", "soon")).isEqualTo(CheckCommand.ERROR);
    assertThat(err.toString()).contains("'--hold-cap'", "it needs a duration such as PT30S");

    assertThat(run("--url", NOBODY, "--slack", "-PT1S")).isEqualTo(CheckCommand.ERROR);
    assertThat(err.toString()).contains("'--slack'", "zero or more, such as PT30S");
  }

  @Test
  void anAddressThatIsNoneIsRefusedAndAPasswordInItNotRepeated() {
    assertThat(run()).isEqualTo(CheckCommand.ERROR);
    assertThat(err.toString()).startsWith("--url must begin with jdbc:postgresql:");

    assertThat(run("--url", "jdbc:mysql://host/shop")).isEqualTo(CheckCommand.ERROR);
    assertThat(err.toString()).startsWith("--url must begin with jdbc:postgresql:");

    assertThat(run("--url", NOBODY + "?PASSWORD=hunter2")).isEqualTo(CheckCommand.ERROR);
    assertThat(err.toString())
        .startsWith("--url must not hold a password")
        .doesNotContain("hunter2");

    assertThat(run("--url", "jdbc:postgresql://host:port/shop")).isEqualTo(CheckCommand.ERROR);
    assertThat(err.toString()).startsWith("--url is not an address");
  }

  @Test
  void aDatabaseThatIsNotThereIsAnErrorWithoutThePassword() {
    assertThat(run("--url", NOBODY, "--user", "reader")).isEqualTo(CheckCommand.ERROR);
    assertThat(err.toString()).isNotBlank().doesNotContain("Usage", "hunter2");
  }
}
