package com.techcorp.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.techcorp.auth.spi.Revocations;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** How long {@link Revocations} keep what was revoked. */
public abstract class RevocationExpiryContract extends RevocationsScenario {
  private static final Duration SHORT = Duration.ofMillis(500);

  /** For subclasses. */
  protected RevocationExpiryContract() {}

  @Test
  void forgetsWhatNoTokenNeedsAnyMore() {
    // given
    Target brief = revokeSession(SHORT);
    Target briefToo = revokeUser(UUID.randomUUID(), BEFORE, SHORT);
    Target kept = revokeSession();

    // when, then
    awaitForgotten(brief);
    awaitForgotten(briefToo);
    assertThat(all()).containsOnlyKeys(kept);
  }

  @Test
  void keepsForTheLongestTimeOfAll() {
    // given
    UUID session = UUID.randomUUID();
    revocations().revokeSession(session, KEEP);
    revocations().revokeSession(session, SHORT);
    Target brief = revokeSession(SHORT);

    // when
    awaitForgotten(brief);

    // then
    assertThat(all()).containsOnlyKeys(new OneSession(session));
  }

  @Test
  void keepsLongerIfItIsRevokedAgain() {
    // given
    UUID session = UUID.randomUUID();
    revocations().revokeSession(session, SHORT);
    revocations().revokeSession(session, KEEP);
    Target brief = revokeSession(SHORT);

    // when
    awaitForgotten(brief);

    // then
    assertThat(all()).containsOnlyKeys(new OneSession(session));
  }

  private void awaitForgotten(Target target) {
    await()
        .atMost(LIMIT)
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(10))
        .until(
            () -> {
              pass(Duration.ofMillis(100));
              return !all().containsKey(target);
            });
  }
}
