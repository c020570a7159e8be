package com.techcorp.servers.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.techcorp.error.WiringException;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.cluster.RedisClusterClient;
import io.lettuce.core.cluster.api.StatefulRedisClusterConnection;
import io.lettuce.core.cluster.api.sync.RedisAdvancedClusterCommands;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class RedisClusterTest {
  private static final int MASTERS = 3;
  private static final int KEYS = 100;
  private static final long REPLICATION_MILLIS = 30_000;

  private static RedisCluster cluster;

  @BeforeAll
  static void startCluster() {
    cluster = RedisCluster.start(MASTERS, MASTERS);
  }

  @AfterAll
  static void stopCluster() {
    cluster.close();
  }

  @Test
  void servesAKeyOfEachMaster() {
    // given
    List<String> keys = IntStream.range(0, KEYS).mapToObj(i -> "key-" + i).toList();
    Set<RedisServer> masters = keys.stream().map(cluster::masterOf).collect(Collectors.toSet());

    // when
    List<String> stored =
        on(
            redis -> {
              keys.forEach(key -> redis.set(key, key));
              return keys.stream().map(redis::get).toList();
            });

    // then
    assertThat(stored).isEqualTo(keys);
    assertThat(masters).hasSize(MASTERS);
    assertThat(masters).allSatisfy(master -> assertThat(cluster.replicasOf(master)).hasSize(1));

    // when
    cluster.flush();

    // then
    List<String> left = on(redis -> keys.stream().map(redis::get).toList());
    assertThat(left).hasSize(KEYS).containsOnlyNulls();
  }

  @Test
  void promotesTheReplicaOfAMasterThatIsKilled() {
    // given
    RedisServer killed = cluster.masterOf("kept");
    RedisServer replica = cluster.replicasOf(killed).get(0);
    writeToAMasterAndItsReplica(killed, "kept");

    // when
    killed.kill();
    cluster.awaitOk();

    // then
    assertThat(cluster.masterOf("kept")).isSameAs(replica);
    String found = on(redis -> redis.get("kept"));
    assertThat(found).isEqualTo("value");

    // when
    killed.restart();
    cluster.awaitOk();

    // then
    assertThat(cluster.masterOf("kept")).isSameAs(replica);
    assertThat(cluster.replicasOf(replica)).containsExactly(killed);
  }

  @Test
  void refusesAClusterWithoutMasters() {
    assertThatExceptionOfType(WiringException.class).isThrownBy(() -> RedisCluster.start(0, 1));
  }

  private static void writeToAMasterAndItsReplica(RedisServer master, String key) {
    RedisClient client = RedisClient.create();
    try (StatefulRedisConnection<String, String> connection =
        client.connect(RedisURI.create(master.uri()))) {
      connection.sync().set(key, "value");
      assertThat(connection.sync().waitForReplication(1, REPLICATION_MILLIS)).isEqualTo(1);
    } finally {
      client.shutdown(0, 0, TimeUnit.SECONDS);
    }
  }

  /** Each time with a client that has to find the cluster by its address. */
  private static <T> T on(Function<RedisAdvancedClusterCommands<String, String>, T> commands) {
    RedisClusterClient client = RedisClusterClient.create(cluster.uri());
    try (StatefulRedisClusterConnection<String, String> connection = client.connect()) {
      return commands.apply(connection.sync());
    } finally {
      client.shutdown(0, 0, TimeUnit.SECONDS);
    }
  }
}
