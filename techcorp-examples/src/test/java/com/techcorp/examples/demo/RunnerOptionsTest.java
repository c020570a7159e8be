package com.techcorp.examples.demo;

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
    "--crash soon, 'write 50%, 300'",
    "--crash=300 --orders 300, comes too late",
    "--crash --orders 0, --crash needs --orders of 1 to",
    "--crash --latency 1s, above 200ms",
    "--auth --crash, exclude each other",
    "--discount 3, Unknown option"
  })
  void tellsWhatIsWrong(String args, String told) {
    assertThat(execute(args.split(" "))).isEqualTo(ExitCode.ERROR);
    assertThat(err.toString()).contains(told).contains("--help");
  }

  @Test
  void helpNamesEveryOption() {
    assertThat(execute("--help")).isEqualTo(ExitCode.CLEAN);
    assertThat(out.toString())
        .contains("--orders", "--threads", "--decline", "--timeout-rate", "--latency", "--seed")
        .contains("--crash", "kill -9")
        .contains("--auth", "TECHCORP_REDIS_URL")
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

  @Test
  void readsMomentsAsPeopleWriteThem() {
    CrashMoment.Text text = new CrashMoment.Text();

    assertThat(text.convert("300")).isEqualTo(new CrashMoment.AfterOrders(300));
    assertThat(text.convert("50%")).isEqualTo(new CrashMoment.AtPercent(50));
    assertThat(text.convert("3s")).isEqualTo(new CrashMoment.AfterTime(Duration.ofSeconds(3)));
  }

  @Test
  void aMomentComesByOrdersThatEndedOrByTime() {
    assertThat(new CrashMoment.AfterOrders(3).reached(2, 9, Duration.ofDays(1))).isFalse();
    assertThat(new CrashMoment.AfterOrders(3).reached(3, 9, Duration.ZERO)).isTrue();
    assertThat(new CrashMoment.AtPercent(50).reached(4, 9, Duration.ofDays(1))).isFalse();
    assertThat(new CrashMoment.AtPercent(50).reached(5, 9, Duration.ZERO)).isTrue();
    CrashMoment afterTime = new CrashMoment.AfterTime(Duration.ofSeconds(3));
    assertThat(afterTime.reached(9, 9, Duration.ofMillis(2_999))).isFalse();
    assertThat(afterTime.reached(0, 9, Duration.ofSeconds(3))).isTrue();
  }

  private int execute(String... args) {
    CommandLine line = Runner.commandLine(new Drain());
    line.setOut(new PrintWriter(out, true));
    line.setErr(new PrintWriter(err, true));
    return line.execute(args);
  }
}
