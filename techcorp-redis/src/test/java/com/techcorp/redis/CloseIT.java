package com.techcorp.redis;

import static org.assertj.core.api.Assertions.assertThat;

import com.techcorp.contracts.LogCapture;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.event.Level;

/** A cache that closes says nothing: there is nothing to do for anybody. */
@Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class CloseIT {
  /** What is wrong shows in some of them only. */
  private static final int TIMES = 10;

  static Stream<Supplier<TestRedis>> servers() {
    return Stream.of(TestRedis::server, TestRedis::cluster);
  }

  @ParameterizedTest
  @MethodSource("servers")
  void nothingIsLoggedAsAWarning(Supplier<TestRedis> servers) {
    TestRedis redis = servers.get();
    try (LogCapture log = LogCapture.of("io.lettuce")) {
      for (int i = 0; i < TIMES; i++) {
        RedisOptions options = TestRedis.ownPrefix();
        try (RedisCache cache = RedisCache.connect(redis.uri(), options)) {
          UUID user = UUID.randomUUID();
          cache.sessions().epoch(user);
          cache.sessions().endAll(user, null); // on a connection of its own
        }
        redis.clear(options);
      }

      assertThat(log.lines()).noneMatch(line -> line.level().compareTo(Level.WARN) <= 0);
    }
  }
}
