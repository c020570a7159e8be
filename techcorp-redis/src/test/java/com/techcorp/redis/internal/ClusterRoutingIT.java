package com.techcorp.redis.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.techcorp.error.UnavailableException;
import com.techcorp.redis.TestRedis;
import io.lettuce.core.MigrateArgs;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.sync.RedisCommands;
import io.lettuce.core.cluster.SlotHash;
import io.lettuce.core.cluster.models.partitions.ClusterPartitionParser;
import io.lettuce.core.cluster.models.partitions.Partitions;
import io.lettuce.core.cluster.models.partitions.RedisClusterNode;
import java.util.UUID;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Scripts find the server of their key while slots move. */
class ClusterRoutingIT {
  private static final Script WRITE =
      Script.ofSource("return { redis.call('INCR', KEYS[1]), ARGV[1] }");
  private static final Script TWO_KEYS =
      Script.ofSource(
          "redis.call('SET', KEYS[1], '1')\nredis.call('SET', ARGV[1], '1')\nreturn { 'DONE' }");
  private static final RedisClient CLIENT = RedisClient.create();

  private final TestRedis redis = TestRedis.cluster();
  private final RedisServers servers = redis.servers();

  @AfterAll
  static void close() {
    CLIENT.shutdown();
  }

  @Test
  @Tag("T08")
  void aScriptThatTouchesTwoServersFails() {
    // given
    String here = UUID.randomUUID().toString();
    String there = keyWith(key -> !masterOf(key).getNodeId().equals(masterOf(here).getNodeId()));

    // when, then
    assertThatExceptionOfType(UnavailableException.class)
        .isThrownBy(() -> servers.run(ScriptCall.of(TWO_KEYS, here, there), servers.deadline()))
        .withMessageNotContaining(there);
    assertThat(redis.commands().exists(there)).isZero();
    redis.commands().del(here);
  }

  @Test
  void followsASlotThatMoves() {
    String key = "moving-" + UUID.randomUUID();
    int slot = SlotHash.getSlot(key);
    RedisClusterNode from = masterOf(key);
    RedisClusterNode to =
        partitions().stream()
            .filter(
                node -> node.getSlots().size() > 0 && !node.getNodeId().equals(from.getNodeId()))
            .findFirst()
            .orElseThrow();
    RedisCommands<String, String> source = connect(from);
    RedisCommands<String, String> target = connect(to);
    assertThat(count(key)).isEqualTo(1);

    // while it moves: the source has not got the key any more
    target.clusterSetSlotImporting(slot, from.getNodeId());
    source.clusterSetSlotMigrating(slot, to.getNodeId());
    source.migrate(
        to.getUri().getHost(), to.getUri().getPort(), 0, 5_000, MigrateArgs.Builder.key(key));
    assertThat(count(key)).isEqualTo(2);
    assertThat(countConfirmed(key)).isEqualTo(3);

    // when it has moved
    target.clusterSetSlotNode(slot, to.getNodeId());
    source.clusterSetSlotNode(slot, to.getNodeId());
    assertThat(count(key)).isEqualTo(4);
    assertThat(countConfirmed(key)).isEqualTo(5);
    redis.commands().del(key);
  }

  @Test
  void runsAScriptThatNoServerKnows() {
    Script unknown = Script.ofSource("-- " + UUID.randomUUID() + "\nreturn { 'KNOWN' }");
    for (int i = 0; i < 10; i++) {
      String key = UUID.randomUUID().toString();
      assertThat(servers.run(ScriptCall.of(unknown, key), servers.deadline()).is("KNOWN")).isTrue();
    }
  }

  private long count(String key) {
    return servers.run(ScriptCall.of(WRITE, key, "x"), servers.deadline()).number(0);
  }

  private long countConfirmed(String key) {
    return servers.runConfirmed(ScriptCall.of(WRITE, key, "x"), servers.deadline()).number(0);
  }

  private String keyWith(Predicate<String> wanted) {
    String key = UUID.randomUUID().toString();
    while (!wanted.test(key)) {
      key = UUID.randomUUID().toString();
    }
    return key;
  }

  private RedisClusterNode masterOf(String key) {
    return partitions().getPartitionBySlot(SlotHash.getSlot(key));
  }

  private Partitions partitions() {
    return ClusterPartitionParser.parse(redis.commands().clusterNodes());
  }

  private static RedisCommands<String, String> connect(RedisClusterNode node) {
    RedisURI uri = node.getUri();
    return CLIENT.connect(RedisURI.create(uri.getHost(), uri.getPort())).sync();
  }
}
