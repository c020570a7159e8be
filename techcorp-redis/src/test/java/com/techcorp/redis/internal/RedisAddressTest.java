package com.techcorp.redis.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import com.techcorp.error.WiringException;
import io.lettuce.core.RedisURI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RedisAddressTest {
  @Test
  void oneHostIsAServer() {
    RedisAddress address = RedisAddress.parse(" redis://ana:secret@cache.example:6380/2 ");

    assertThat(address.cluster()).isFalse();
    assertThat(address.uris()).hasSize(1);
    assertThat(address.uris().get(0))
        .returns("cache.example", RedisURI::getHost)
        .returns(6_380, RedisURI::getPort)
        .returns(2, RedisURI::getDatabase);
  }

  @Test
  void sentinelsLeadToAServer() {
    RedisAddress address =
        RedisAddress.parse("redis-sentinel://secret@one.example:26379,two.example:26380#main");

    assertThat(address.cluster()).isFalse();
    assertThat(address.uris().get(0).getSentinelMasterId()).isEqualTo("main");
    assertThat(address.uris().get(0).getSentinels())
        .extracting(RedisURI::getHost)
        .containsExactly("one.example", "two.example");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "redis-cluster://ana:secret@one.example:7000,two.example:7001",
        "redis://ana:secret@one.example:7000,two.example:7001",
        "redis-cluster://ana:secret@one.example:7000,two.example:7001?timeout=5s"
      })
  void severalHostsAreACluster(String text) {
    RedisAddress address = RedisAddress.parse(text);

    assertThat(address.cluster()).isTrue();
    assertThat(address.uris()).extracting(RedisURI::getHost).contains("one.example", "two.example");
    assertThat(address.uris()).extracting(RedisURI::isSsl).containsOnly(false);
  }

  @Test
  void oneHostMayBeACluster() {
    assertThat(RedisAddress.parse("redis-cluster://one.example").cluster()).isTrue();
    RedisAddress encrypted = RedisAddress.parse("rediss-cluster://one.example:7000");
    assertThat(encrypted.cluster()).isTrue();
    assertThat(encrypted.uris().get(0).isSsl()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "nonsense",
        "redis://",
        "redis-cluster://",
        "http://secret@cache.example",
        "redis://ana:secret%@cache.example",
        "redis-sentinel://secret@",
        "redis://cache.example:secret"
      })
  void whatCannotBeReadIsNotQuoted(String text) {
    assertThatExceptionOfType(WiringException.class)
        .isThrownBy(() -> RedisAddress.parse(text))
        .withMessageContaining("redis-cluster://")
        .satisfies(
            e -> {
              assertThat(e.getMessage()).doesNotContain("secret");
              assertThat(e.getCause()).isNull();
            });
  }

  @Test
  void itsTextHasNoCredentials() {
    assertThat(RedisAddress.parse("redis://ana:secret@cache.example").toString())
        .doesNotContain("secret", "ana");
  }

  @Test
  void nullIsNone() {
    assertThatNullPointerException().isThrownBy(() -> RedisAddress.parse(null));
  }
}
