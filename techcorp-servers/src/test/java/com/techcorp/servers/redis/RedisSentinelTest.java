package com.techcorp.servers.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulRedisConnection;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class RedisSentinelTest {
  private static final long REPLICATION_MILLIS = 30_000;

  private static RedisClient client;
  private static RedisSentinel redis;

  @BeforeAll
  static void startServers() {
    client = RedisClient.create();
    redis = RedisSentinel.start();
  }

  @AfterAll
  static void stopServers() {
    redis.close();
    client.shutdown(0, 0, TimeUnit.SECONDS);
  }

  @Test
  void promotesAReplicaOfAMasterThatIsKilled() {
    // given
    RedisServer killed = redis.master();
    assertThat(killed).isSameAs(redis.servers().get(0));
    assertThat(redis.sentinels()).hasSize(3);
    try (StatefulRedisConnection<String, String> connection = connectByTheSentinels()) {
      connection.sync().set("kept", "value");
      assertThat(connection.sync().waitForReplication(2, REPLICATION_MILLIS)).isEqualTo(2);
    }

    // when
    killed.kill();
    redis.awaitOk();

    // then
    assertThat(redis.master()).isNotSameAs(killed).isIn(redis.servers());
    try (StatefulRedisConnection<String, String> connection = connectByTheSentinels()) {
      assertThat(connection.sync().get("kept")).isEqualTo("value");
      assertThat(connection.sync().set("kept", "another")).isEqualTo("OK");
    }
  }

  private static StatefulRedisConnection<String, String> connectByTheSentinels() {
    return client.connect(RedisURI.create(redis.uri()));
  }
}
