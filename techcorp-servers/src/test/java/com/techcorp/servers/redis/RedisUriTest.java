package com.techcorp.servers.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RedisUriTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = ' ',
      value = {
        "redis://127.0.0.1:6379 redis://127.0.0.1:6379",
        "redis://user:secret@host:6379/1?timeout=2s redis://host:6379/1",
        "rediss://:secret@one,two:6380 rediss://one,two:6380",
        "redis-sentinel://secret@one:26379,two:26379/0#main redis-sentinel://one:26379,two:26379/0",
        "redis-socket://secret@/run/redis.sock redis-socket:///run/redis.sock"
      })
  void keepsWhatWasGivenAndShowsNoCredentials(String given, String shown) {
    RedisUri uri = RedisUri.parse(given);

    assertThat(uri.text()).isEqualTo(given);
    assertThat(uri).hasToString(shown);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "localhost:6379",
        "http://secret@host",
        "redis://",
        "redis://:sec/ret@host",
        "redis://:sec?ret@host",
        "redis://:sec#ret@host",
        "redis://:sec@ret@host"
      })
  void refusesWhatIsNoAddressWithoutRepeatingIt(String given) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> RedisUri.parse(given))
        .withMessageContaining("redis://user:password@host:port")
        .withMessageNotContainingAny("sec", "localhost");
  }

  @Test
  void namesTheVariableOfAnAddressThatIsNone() {
    assertThatIllegalStateException()
        .isThrownBy(() -> new RedisWays().given("localhost"))
        .withMessageContaining(RedisServer.URL_VARIABLE);
  }
}
