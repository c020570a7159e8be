package com.techcorp.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the command says before it looks at a database. */
class CheckCommandTest {
  private static final String NOBODY = "jdbc:postgresql://127.0.0.1:1/shop";

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  private int run(String... args) {
    return CheckCommand.run(args, Map.of("PGPASSWORD", "hunter2"), print(out), print(err));
  }

  private static PrintStream print(ByteArrayOutputStream to) {
    return new PrintStream(to, true, StandardCharsets.UTF_8);
  }

  private String err() {
    return err.toString(StandardCharsets.UTF_8);
  }

  @Test
  void helpGoesToTheOutputAndIsNoError() {
    assertThat(run("--help")).isEqualTo(CheckCommand.CLEAN);
    assertThat(out.toString(StandardCharsets.UTF_8)).startsWith("Usage: CheckCommand --url");
    assertThat(err()).isEmpty();

    out.reset();
    assertThat(run("-h")).isEqualTo(CheckCommand.CLEAN);
    assertThat(out.toString(StandardCharsets.UTF_8)).contains("Exit codes: 0 clean, 1 violations");
  }

  @Test
  void wrongUsageTellsWhatIsWrongAndThenTheUsage() {
    assertThat(run("--url", NOBODY, "--settled", "--quick")).isEqualTo(CheckCommand.ERROR);
    assertThat(err()).startsWith("Argument 4 is not known.\nUsage: ");
    assertThat(out.size()).isZero();
  }

  @Test
  void anOptionThatNeedsAValueSaysSo() {
    assertThat(run("--url", NOBODY, "--user")).isEqualTo(CheckCommand.ERROR);
    assertThat(err()).startsWith("--user needs a value.");
    err.reset();

    assertThat(run("--url", NOBODY, "--slack")).isEqualTo(CheckCommand.ERROR);
    assertThat(err()).startsWith("--slack needs a value.");
    err.reset();

    assertThat(run("--url", NOBODY, "--hold-cap", "soon")).isEqualTo(CheckCommand.ERROR);
    assertThat(err()).startsWith("--hold-cap needs a duration such as PT30S.");
    err.reset();

    assertThat(run("--url", NOBODY, "--slack", "-PT1S")).isEqualTo(CheckCommand.ERROR);
    assertThat(err()).startsWith("must be zero or more, is PT-1S");
  }

  @Test
  void anAddressThatIsNoneIsRefusedAndAPasswordInItNotRepeated() {
    assertThat(run("--url", "jdbc:mysql://host/shop")).isEqualTo(CheckCommand.ERROR);
    assertThat(err()).startsWith("--url must begin with jdbc:postgresql:");
    err.reset();

    assertThat(run("--url", NOBODY + "?PASSWORD=hunter2")).isEqualTo(CheckCommand.ERROR);
    assertThat(err()).startsWith("--url must not hold a password").doesNotContain("hunter2");
    err.reset();

    assertThat(run("--url", "jdbc:postgresql://host:port/shop")).isEqualTo(CheckCommand.ERROR);
    assertThat(err()).startsWith("--url is not an address");
  }

  @Test
  void aDatabaseThatIsNotThereIsAnErrorWithoutThePassword() {
    assertThat(run("--url", NOBODY, "--user", "reader")).isEqualTo(CheckCommand.ERROR);
    assertThat(err()).isNotBlank().doesNotContain("Usage", "hunter2");
  }
}
