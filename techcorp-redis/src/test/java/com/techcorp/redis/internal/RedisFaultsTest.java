package com.techcorp.redis.internal;

import static org.assertj.core.api.Assertions.assertThat;

import com.techcorp.error.UnavailableException;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisCommandTimeoutException;
import io.lettuce.core.RedisConnectionException;
import io.lettuce.core.RedisException;
import java.io.IOException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RedisFaultsTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "LOADING Redis is loading the dataset in memory",
        "CLUSTERDOWN The cluster is down",
        "READONLY You can't write against a read only replica. script: 6f1c, on @user_script:12.",
        "MASTERDOWN Link with MASTER is down and replica-serve-stale-data is set to 'no'.",
        "OOM command not allowed when used memory > 'maxmemory'. session:secret",
        "MOVED 3999 127.0.0.1:6381",
        "TRYAGAIN Multiple keys request during rehashing of slot",
        "BUSY Redis is busy running a script.",
        "ERR unknown command 'EVALSHA', with args beginning with: 'session:secret' "
      })
  void anErrorIsToldByItsCodeOnly(String message) {
    UnavailableException fault =
        RedisFaults.unavailable(
            new ExecutionException(new RedisCommandExecutionException(message)));

    assertThat(fault)
        .isExactlyInstanceOf(UnavailableException.class)
        .hasMessage("Redis refused the command: " + message.substring(0, message.indexOf(' ')))
        .hasNoCause();
  }

  @ParameterizedTest
  @CsvSource({
    "WRONGPASS invalid username-password pair or user is disabled., WRONGPASS",
    "NOAUTH Authentication required., NOAUTH",
    "NOPERM User ana has no permissions to run the 'evalsha' command, NOPERM"
  })
  void refusedCredentialsAreFoundBehindOtherFaults(String message, String code) {
    RedisCommandExecutionException answer = new RedisCommandExecutionException(message);
    RedisException several = new RedisException("no node");
    several.addSuppressed(new RedisConnectionException("unable to connect", answer));

    for (Throwable fault : new Throwable[] {answer, new CompletionException(several)}) {
      assertThat(RedisFaults.unavailable(fault))
          .isInstanceOf(MisconfiguredException.class)
          .hasMessageEndingWith(code)
          .hasNoCause();
    }
  }

  @Test
  void aServerThatIsNoClusterIsMisconfigured() {
    assertThat(
            RedisFaults.unavailable(
                new RedisCommandExecutionException(
                    "ERR This instance has cluster support disabled")))
        .isInstanceOf(MisconfiguredException.class);
  }

  @Test
  void noReplyIsNoReplyWhoeverNoticesIt() {
    assertThat(RedisFaults.unavailable(new TimeoutException()))
        .isInstanceOf(NoReplyException.class);
    assertThat(RedisFaults.unavailable(new RedisCommandTimeoutException()))
        .isInstanceOf(NoReplyException.class);
  }

  @Test
  void aFullQueueHasDoneNothing() {
    for (String bound :
        new String[] {"Request queue size", "Command buffer size", "Internal stack size"}) {
      assertThat(
              RedisFaults.unavailable(
                  new RedisException(
                      bound + " exceeded: 8. Commands are not accepted until the size drops.")))
          .as(bound)
          .hasMessageContaining("nothing was done");
    }
  }

  @Test
  void aLostConnectionIsUnavailable() {
    for (Throwable fault :
        new Throwable[] {
          new RedisException("Connection disconnected"),
          new RedisConnectionException("Unable to connect", new IOException("refused")),
          new CancellationException()
        }) {
      assertThat(RedisFaults.unavailable(fault))
          .isExactlyInstanceOf(UnavailableException.class)
          .hasMessageContaining("cannot be reached");
    }
  }
}
