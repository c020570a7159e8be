package com.techcorp.redis;

import static org.assertj.core.api.Assertions.assertThat;

import com.techcorp.auth.Session;
import com.techcorp.auth.spi.NewSession;
import com.techcorp.auth.spi.SessionStore;
import com.techcorp.inventory.StockCount;
import com.techcorp.inventory.StockCounter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A call of a port that needs more requests than a connection may hold sends them in parts. */
class SmallQueueIT {
  private static final int QUEUE = 8;
  private static final int MANY = 25;

  static Stream<Supplier<TestRedis>> topologies() {
    return Stream.of(TestRedis::server, TestRedis::cluster);
  }

  private static RedisCache connect(TestRedis redis) {
    return RedisCache.connect(redis.uri(), TestRedis.ownPrefix().withRequestQueue(QUEUE));
  }

  private static UUID create(SessionStore sessions, UUID user) {
    UUID id = UUID.randomUUID();
    NewSession session =
        new NewSession(id, user, "h".repeat(43), "{}", Instant.now(), Duration.ofDays(7), null);
    sessions.create(session, sessions.epoch(user), 100);
    return id;
  }

  @ParameterizedTest
  @MethodSource("topologies")
  void aUsersSessionsAreListedAndEnded(Supplier<TestRedis> topology) {
    try (RedisCache cache = connect(topology.get())) {
      SessionStore sessions = cache.sessions();
      UUID user = UUID.randomUUID();
      List<UUID> created = new ArrayList<>();
      for (int i = 0; i < MANY; i++) {
        created.add(create(sessions, user));
      }

      assertThat(sessions.list(user))
          .extracting(Session::id)
          .containsExactlyInAnyOrderElementsOf(created);
      assertThat(sessions.endAll(user, null)).containsExactlyInAnyOrderElementsOf(created);
      assertThat(sessions.list(user)).isEmpty();
    }
  }

  @ParameterizedTest
  @MethodSource("topologies")
  void countersAreWrittenAndRead(Supplier<TestRedis> topology) {
    try (RedisCache cache = connect(topology.get())) {
      StockCounter counters = cache.counters();
      Map<UUID, StockCount> counts =
          Stream.generate(UUID::randomUUID)
              .limit(MANY)
              .map(product -> new StockCount(product, 7, 1))
              .collect(Collectors.toMap(StockCount::productId, Function.identity()));

      counters.write(List.copyOf(counts.values()));

      assertThat(counters.read(counts.keySet())).isEqualTo(counts);
    }
  }
}
