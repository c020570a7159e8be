package com.techcorp.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import com.techcorp.auth.Session;
import com.techcorp.auth.spi.NewSession;
import com.techcorp.auth.spi.Rotation;
import com.techcorp.auth.spi.RotationResult;
import com.techcorp.auth.spi.SessionCreation;
import com.techcorp.auth.spi.SessionStore;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Users, their sessions and their tokens, in short words. */
public abstract class SessionStoreScenario extends Contract<SessionStoreUnderTest> {
  static final Duration LIMIT = Duration.ofSeconds(60);
  static final Duration WEEK = Duration.ofDays(7);

  /** A grace period that no test outlasts. */
  static final Duration LONG = Duration.ofHours(1);

  static final int MOST = 100;
  static final String DEVICE = "{\"name\":\"phone\"}";

  private static final Instant FIRST_LOGIN = Instant.parse("2024-06-15T12:00:00.123Z");

  final UUID user = UUID.randomUUID();
  private final AtomicInteger logins = new AtomicInteger();

  /** For subclasses. */
  protected SessionStoreScenario() {}

  final SessionStore store() {
    return adapter().store();
  }

  final void pass(Duration time) {
    adapter().passing().accept(time);
  }

  /** A session that was created later than all that this test made before. */
  final NewSession newSession(UUID owner, Duration lifetime, @Nullable Duration idle) {
    UUID id = UUID.randomUUID();
    Instant now = FIRST_LOGIN.plusSeconds(logins.incrementAndGet());
    return new NewSession(id, owner, hash(id, 1), DEVICE, now, lifetime, idle);
  }

  final NewSession newSession(UUID owner) {
    return newSession(owner, WEEK, null);
  }

  final SessionCreation create(NewSession session, int most) {
    return store().create(session, store().epoch(session.userId()), most);
  }

  final UUID logIn(NewSession session) {
    assertThat(create(session, MOST)).isEqualTo(new SessionCreation.Created(List.of()));
    return session.id();
  }

  final UUID logIn(UUID owner) {
    return logIn(newSession(owner));
  }

  /** Presents a token as a client does that gets every reply. */
  final RotationResult rotate(UUID session, int generation) {
    return rotate(session, generation, LONG, false, generation + 1);
  }

  /** Presents a token after its grace period, on a store that replaces unused successors. */
  final RotationResult askForReplacement(UUID session, int generation, int replaced) {
    return rotate(session, generation, Duration.ZERO, true, replaced);
  }

  final RotationResult rotate(
      UUID session, int generation, Duration grace, boolean lostReplies, int replaced) {
    return store()
        .rotate(
            new Rotation(
                session,
                generation,
                new Rotation.Successors(
                    hash(session, generation + 1), replaced, hash(session, replaced + 1)),
                grace,
                lostReplies));
  }

  /** Makes a token the current one, of a session whose current one is the token before. */
  final void rotateTo(UUID session, int generation) {
    assertCurrent(rotate(session, generation - 1), session, generation);
  }

  final List<UUID> listed(UUID owner) {
    return store().list(owner).stream().map(Session::id).toList();
  }

  final void assertCurrent(RotationResult result, UUID session, int generation) {
    assertThat(result)
        .isInstanceOfSatisfying(
            RotationResult.Current.class,
            current -> {
              assertThat(current.userId()).isEqualTo(user);
              assertThat(current.generation()).isEqualTo(generation);
              assertThat(current.tokenHash()).isEqualTo(hash(session, generation));
            });
  }

  /** Nothing is left of it, whichever of its tokens is presented. */
  final void assertGone(UUID session) {
    assertThat(store().find(session)).isEmpty();
    assertThat(listed(user)).doesNotContain(session);
    for (int generation = 1; generation <= 5; generation++) {
      assertThat(rotate(session, generation)).isEqualTo(new RotationResult.Gone());
    }
    assertThat(store().find(session)).isEmpty();
  }

  static String hash(UUID session, int generation) {
    String token = session + " " + generation;
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      byte[] hash = digest.digest(token.getBytes(StandardCharsets.US_ASCII));
      return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JVM has SHA-256", e);
    }
  }
}
