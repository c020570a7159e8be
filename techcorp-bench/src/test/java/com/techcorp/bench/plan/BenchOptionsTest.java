package com.techcorp.bench.plan;

import static org.assertj.core.api.Assertions.assertThat;

import com.techcorp.bench.contender.Contender;
import com.techcorp.bench.database.Tables;
import com.techcorp.bench.workload.Load;
import java.time.Duration;
import java.util.EnumSet;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class BenchOptionsTest {
  @Test
  void withoutArgumentsEverythingIsGlancedAtAndTold() {
    BenchOptions options = parsed();

    assertThat(options.mode()).isEqualTo(Mode.QUICK);
    assertThat(options.scenarios()).isEqualTo(EnumSet.allOf(Scenario.class));
    assertThat(options.cells()).isEqualTo(Mode.QUICK.cells());
    assertThat(options.docs()).isPresent();
  }

  @Test
  void theFullModeCombinesAllConditions() {
    BenchOptions options = parsed("full");

    assertThat(options.cells()).hasSize(2 * 2 * 2 * 4).doesNotHaveDuplicates();
    assertThat(options.finishedOrders()).isEqualTo(2_000_000);
  }

  @Test
  void aPartIsOnlyShown() {
    BenchOptions options =
        parsed(
            "--scenario=hot", "--clients=16,64", "--provider=0", "--contenders=engine,two-commit");

    assertThat(options.cells())
        .containsExactly(
            new Condition(Load.HOT, Tables.EMPTY, Duration.ZERO, 16),
            new Condition(Load.HOT, Tables.EMPTY, Duration.ZERO, 64));
    assertThat(options.contenders(options.cells().get(0)))
        .containsExactly(Contender.ENGINE, Contender.TWO_COMMIT);
    assertThat(options.docs()).isEmpty();
  }

  @Test
  void theScenarioAuthHasSizesOfItsOwn() {
    BenchOptions quick = parsed("--scenario=auth");
    BenchOptions chosen = parsed("--scenario=auth", "--clients=2,4", "--sessions=50");

    assertThat(quick.refreshers()).containsExactly(1, 16, 64);
    assertThat(quick.sessions()).isEqualTo(20_000);
    assertThat(parsed("full").sessions()).isEqualTo(1_000_000);
    assertThat(chosen.refreshers()).containsExactly(2, 4);
    assertThat(chosen.sessions()).isEqualTo(50);
    assertThat(parsed("--sessions=9").problem())
        .hasValueSatisfying(text -> assertThat(text).contains("--sessions"));
  }

  @Test
  void theScenarioCountersHasBuyersOfItsOwn() {
    assertThat(parsed("--scenario=counters").scenarios()).containsExactly(Scenario.COUNTERS);
    assertThat(parsed("--scenario=counters").buyers()).containsExactly(64);
    assertThat(parsed("--scenario=counters", "--clients=16,256").buyers()).containsExactly(16, 256);
  }

  private static BenchOptions parsed(String... args) {
    BenchOptions options = new BenchOptions();
    new CommandLine(CommandLine.Model.CommandSpec.create().addMixin("options", spec(options)))
        .setCaseInsensitiveEnumValuesAllowed(true)
        .parseArgs(args);
    return options;
  }

  private static CommandLine.Model.CommandSpec spec(BenchOptions options) {
    return CommandLine.Model.CommandSpec.forAnnotatedObject(options);
  }
}
