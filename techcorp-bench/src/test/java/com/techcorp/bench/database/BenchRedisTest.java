package com.techcorp.bench.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class BenchRedisTest {
  @Test
  void usedMemoryIsReadFromWhatTheServerTells() {
    String info = "# Memory\r\nused_memory:1048576\r\nused_memory_human:1.00M\r\n";

    assertThat(BenchRedis.usedMemory(info)).isEqualTo(1_048_576);
  }

  @Test
  void aServerThatTellsNothingIsNoZero() {
    assertThatThrownBy(() -> BenchRedis.usedMemory("# Memory\r\n"))
        .isInstanceOf(IllegalStateException.class);
  }
}
