package com.techcorp.auth.spi;

import static org.assertj.core.api.Assertions.assertThat;

import com.techcorp.auth.spi.SessionRules.Decision;
import com.techcorp.auth.spi.SessionRules.Generations;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The table of docs/authentication.md, row by row. */
class SessionRulesTest {
  private static final Instant ROTATED = Instant.parse("2024-06-15T12:00:00Z");
  private static final Duration GRACE = Duration.ofSeconds(10);

  /** Current token 7; the latest rotation replaced token 5: token 6 was never used. */
  private static final Generations STATE = new Generations(7, 5, ROTATED);

  private static Decision decide(int presented, long afterMillis, boolean lostReplies) {
    Instant now = ROTATED.plusMillis(afterMillis);
    return SessionRules.decide(STATE, presented, now, GRACE, lostReplies);
  }

  private static Generations next(int current, int previous, long afterMillis) {
    return new Generations(current, previous, ROTATED.plusMillis(afterMillis));
  }

  @ParameterizedTest
  @CsvSource({"0", "10000", "10001", "999999"})
  void theCurrentTokenIsRotated(long millis) {
    for (boolean lostReplies : new boolean[] {true, false}) {
      assertThat(decide(7, millis, lostReplies)).isEqualTo(new Decision.Rotate(next(8, 7, millis)));
    }
  }

  @ParameterizedTest
  @CsvSource({"8", "9", "1000000"})
  void aNewerTokenIsRotated(int presented) {
    assertThat(decide(presented, 5, false))
        .isEqualTo(new Decision.Rotate(next(presented + 1, presented, 5)));
  }

  @ParameterizedTest
  @CsvSource({"0", "1", "9999", "10000"})
  void thePreviousTokenIsRepeatedWithinTheGracePeriod(long millis) {
    for (boolean lostReplies : new boolean[] {true, false}) {
      assertThat(decide(5, millis, lostReplies)).isEqualTo(new Decision.Repeat());
    }
  }

  @ParameterizedTest
  @CsvSource({"10001", "999999"})
  @Tag("T49")
  void thePreviousTokenEndsTheSessionAfterwards(long millis) {
    assertThat(decide(5, millis, false)).isEqualTo(new Decision.End());
  }

  @ParameterizedTest
  @CsvSource({"10001", "999999"})
  void thePreviousTokenReplacesAnUnusedOneIfRepliesMayBeLost(long millis) {
    assertThat(decide(5, millis, true)).isEqualTo(new Decision.Replace(next(8, 5, millis)));
  }

  @ParameterizedTest
  @CsvSource({"1, 0", "4, 0", "4, 10001", "6, 0", "6, 10000", "6, 10001"})
  @Tag("T49")
  void anyOtherTokenEndsTheSession(int presented, long millis) {
    for (boolean lostReplies : new boolean[] {true, false}) {
      assertThat(decide(presented, millis, lostReplies)).isEqualTo(new Decision.End());
    }
  }
}
