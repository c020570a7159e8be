package com.techcorp.redis.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.lettuce.core.RedisCommandExecutionException;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RedirectionTest {
  @Test
  void tellsWhereAKeyIs() {
    assertThat(of("MOVED 3999 127.0.0.1:6381"))
        .contains(new Redirection(false, "127.0.0.1", 6_381));
    assertThat(of("ASK 3999 node-2.example:7000"))
        .contains(new Redirection(true, "node-2.example", 7_000));
    assertThat(of("MOVED 1 2001:db8::1:6379"))
        .contains(new Redirection(false, "2001:db8::1", 6_379));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "MOVED", "MOVED 3999", "MOVED 3999 :6381", "MOVEDX 1 a:1", "ERR MOVED 1 a:1"})
  void takesNothingElseForOne(String message) {
    assertThat(of(message)).isEmpty();
  }

  private static Optional<Redirection> of(String message) {
    return Redirection.of(new RedisCommandExecutionException(message));
  }
}
