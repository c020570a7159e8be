package com.techcorp.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class RunnerOptionsTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @ParameterizedTest
  @CsvSource({
    "--orders -1, --orders must be 0 to",
    "--orders many, --orders",
    "--threads 0, --threads must be 1 to",
    "--decline 1.5, must be 0 to 1",
    "--timeout-rate NaN, must be 0 to 1",
    "--latency soon, write 50ms",
    "--files /no/such/dir, there is no directory",
    "--data a --database b, exclude each other",
    "--data /proc/version, is not a directory",
    "--discount 3, Unknown option"
  })
  void tellsWhatIsWrong(String args, String told) {
    assertThat(execute(args.split(" "))).isEqualTo(Runner.ERROR);
    assertThat(err.toString()).contains(told).contains("--help");
  }

  @Test
  void helpNamesEveryOption() {
    assertThat(execute("--help")).isEqualTo(Runner.CLEAN);
    assertThat(out.toString())
        .contains("--orders", "--threads", "--decline", "--timeout-rate", "--latency", "--seed")
        .contains("--files", "--data", "--database", "--plain", "TECHCORP_POSTGRES_URL")
        .contains("Exit codes", "Ctrl-C");
  }

  @Test
  void readsDurationsAsPeopleWriteThem() {
    DurationText text = new DurationText();
    assertThat(text.convert("50ms")).isEqualTo(Duration.ofMillis(50));
    assertThat(text.convert("2s")).isEqualTo(Duration.ofSeconds(2));
    assertThat(text.convert("1m")).isEqualTo(Duration.ofMinutes(1));
    assertThat(text.convert("PT0.5S")).isEqualTo(Duration.ofMillis(500));
  }

  private int execute(String... args) {
    CommandLine line = Runner.commandLine(new Drain());
    line.setOut(new PrintWriter(out, true));
    line.setErr(new PrintWriter(err, true));
    return line.execute(args);
  }
}
