package com.techcorp.auth.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.techcorp.auth.Session;
import com.techcorp.error.UnavailableException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SessionTerminationTest {
  private static final UUID ANA = new UUID(1, 1);
  private static final UUID BEA = new UUID(1, 2);
  private static final UUID FIRST = new UUID(2, 1);
  private static final UUID SECOND = new UUID(2, 2);
  private static final UUID UNDER_WAY = new UUID(2, 3);

  /** What was done, in its order. */
  private final List<String> done = new ArrayList<>();

  private final Stores stores = new Stores();
  private final SessionTermination termination =
      SessionTermination.of(stores, stores, Duration.ofMinutes(30));

  @Test
  void revokesBeforeItEnds() {
    stores.holds(FIRST, ANA);

    assertThat(termination.end(ANA, FIRST)).isTrue();

    assertThat(done).containsExactly("revoke " + FIRST + " for PT31M", "end " + FIRST);
  }

  @Test
  void endsNothingThatCannotBeRevoked() {
    stores.holds(FIRST, ANA);
    stores.revocationsAreAway = true;

    assertThatThrownBy(() -> termination.end(ANA, FIRST)).isInstanceOf(UnavailableException.class);
    assertThatThrownBy(() -> termination.endAll(ANA, null))
        .isInstanceOf(UnavailableException.class);

    assertThat(stores.list(ANA)).hasSize(1);
  }

  @Test
  void revokesTheTokensOfASessionThatItsStoreHasLost() {
    assertThat(termination.end(ANA, FIRST)).isFalse();

    assertThat(done).contains("revoke " + FIRST + " for PT31M");
  }

  @Test
  void leavesTheSessionsOfOthersAlone() {
    stores.holds(FIRST, BEA);

    assertThat(termination.endIfOf(ANA, FIRST)).isFalse();
    assertThat(termination.endIfOf(ANA, SECOND)).isFalse();

    assertThat(done).isEmpty();
    assertThat(termination.endIfOf(BEA, FIRST)).isTrue();
    assertThat(done).hasSize(2);
  }

  @Test
  void endsAllButOne() {
    stores.holds(FIRST, ANA);
    stores.holds(SECOND, ANA);

    assertThat(termination.endAll(ANA, SECOND)).containsExactly(FIRST);

    assertThat(done).containsExactly("revoke " + FIRST + " for PT31M", "end all but " + SECOND);
  }

  @Test
  void revokesWhatWasNotListedYetAsWell() {
    stores.holds(FIRST, ANA);
    stores.loginUnderWay = UNDER_WAY;

    assertThat(termination.endAll(ANA, null)).containsExactlyInAnyOrder(FIRST, UNDER_WAY);

    assertThat(done)
        .containsExactly(
            "revoke " + FIRST + " for PT31M",
            "end all but null",
            "revoke " + UNDER_WAY + " for PT31M");
  }

  @Test
  void revokesByAnInstant() {
    termination.revokeBefore(ANA, Instant.EPOCH);

    assertThat(done).containsExactly("revoke " + ANA + " before " + Instant.EPOCH + " for PT31M");
  }

  /** Both stores, of which little is needed here. */
  private final class Stores implements SessionStore, Revocations {
    private final Map<UUID, Session> sessions = new LinkedHashMap<>();
    private boolean revocationsAreAway;
    private @Nullable UUID loginUnderWay;

    void holds(UUID sessionId, UUID userId) {
      sessions.put(
          sessionId, new Session(sessionId, userId, "{}", Instant.EPOCH, Instant.ofEpochSecond(9)));
    }

    @Override
    public void revokeSession(UUID sessionId, Duration keep) {
      if (revocationsAreAway) {
        throw new UnavailableException("away");
      }
      done.add("revoke " + sessionId + " for " + keep);
    }

    @Override
    public void revokeUser(UUID userId, Instant before, Duration keep) {
      done.add("revoke " + userId + " before " + before + " for " + keep);
    }

    @Override
    public Optional<Session> find(UUID sessionId) {
      return Optional.ofNullable(sessions.get(sessionId));
    }

    @Override
    public List<Session> list(UUID userId) {
      return sessions.values().stream().filter(it -> it.userId().equals(userId)).toList();
    }

    @Override
    public boolean end(UUID userId, UUID sessionId) {
      done.add("end " + sessionId);
      return sessions.remove(sessionId) != null;
    }

    @Override
    public List<UUID> endAll(UUID userId, @Nullable UUID except) {
      done.add("end all but " + except);
      List<UUID> ended = new ArrayList<>();
      list(userId).stream().map(Session::id).filter(id -> !id.equals(except)).forEach(ended::add);
      ended.forEach(sessions::remove);
      if (loginUnderWay != null) {
        ended.add(loginUnderWay);
      }
      return ended;
    }

    @Override
    public SessionEpoch epoch(UUID userId) {
      throw new UnsupportedOperationException();
    }

    @Override
    public SessionCreation create(NewSession session, SessionEpoch epoch, int most) {
      throw new UnsupportedOperationException();
    }

    @Override
    public RotationResult rotate(Rotation rotation) {
      throw new UnsupportedOperationException();
    }

    @Override
    public RevocationPage since(@Nullable String cursor, int limit) {
      throw new UnsupportedOperationException();
    }
  }
}
