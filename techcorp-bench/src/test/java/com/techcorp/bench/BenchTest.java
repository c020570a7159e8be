package com.techcorp.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BenchTest {
  @Test
  void whatCannotBeMeasuredIsRefused() {
    assertThat(Bench.commandLine().execute("--clients=0")).isEqualTo(Bench.USAGE);
    assertThat(Bench.commandLine().execute("--contenders=none")).isEqualTo(Bench.USAGE);
    assertThat(Bench.commandLine().execute("slow")).isEqualTo(Bench.USAGE);
  }
}
