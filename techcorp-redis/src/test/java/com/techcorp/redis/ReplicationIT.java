package com.techcorp.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import com.techcorp.auth.spi.NewSession;
import com.techcorp.auth.spi.RevocationPage;
import com.techcorp.auth.spi.SessionStore;
import com.techcorp.error.UnavailableException;
import com.techcorp.servers.redis.RedisSentinel;
import com.techcorp.servers.redis.RedisServer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What has ended stays ended when a replica takes over, for it was waited for. */
@Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ReplicationIT {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  /** Longer than a replica that hangs counts. */
  private static final Duration TIMEOUT = Duration.ofSeconds(5);

  @Test
  void waitsForTheReplicasThatThereAre() {
    try (RedisSentinel sentinel = RedisSentinel.start();
        RedisCache cache =
            RedisCache.connect(sentinel.uri(), RedisOptions.DEFAULT.withTimeout(TIMEOUT))) {
      SessionStore sessions = cache.sessions();
      UUID user = UUID.randomUUID();
      List<UUID> created = Stream.generate(() -> create(sessions, user)).limit(4).toList();
      List<RedisServer> replicas =
          sentinel.servers().stream().filter(server -> server != sentinel.master()).toList();

      // when one of them hangs: nobody can say for sure that it has the end
      replicas.get(0).pause();
      assertThatExceptionOfType(UnavailableException.class)
          .isThrownBy(() -> sessions.end(user, created.get(0)));

      // then: it is left out after a while
      await()
          .atMost(LIMIT)
          .ignoreExceptionsInstanceOf(UnavailableException.class)
          .untilAsserted(() -> sessions.end(user, created.get(1)));
      assertThat(sessions.end(user, created.get(0))).isFalse();
      cache.revocations().revokeSession(created.get(0), Duration.ofMinutes(31));

      // when none is there: nobody is waited for
      replicas.get(0).resume();
      replicas.get(0).kill();
      assertThat(sessions.end(user, created.get(2))).isTrue();
      replicas.get(0).restart();
      sentinel.awaitOk();

      // when the master dies at once
      assertThat(sessions.end(user, created.get(3))).isTrue();
      cache.revocations().revokeSession(created.get(3), Duration.ofMinutes(31));
      sentinel.master().kill();
      sentinel.awaitOk();

      // then
      await()
          .atMost(LIMIT)
          .ignoreExceptionsInstanceOf(UnavailableException.class)
          .until(() -> sessions.list(user).isEmpty());
      assertThat(created).allSatisfy(id -> assertThat(sessions.find(id)).isEmpty());
      assertThat(cache.revocations().since(null, 10).revocations())
          .extracting(each -> ((RevocationPage.OfSession) each).sessionId())
          .containsExactlyInAnyOrder(created.get(0), created.get(3));
    }
  }

  private static UUID create(SessionStore sessions, UUID user) {
    UUID id = UUID.randomUUID();
    NewSession session =
        new NewSession(id, user, "h".repeat(43), "{}", Instant.now(), Duration.ofDays(7), null);
    sessions.create(session, sessions.epoch(user), 100);
    return id;
  }
}
