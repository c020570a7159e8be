package com.techcorp.auth.memory;

import com.techcorp.auth.Session;
import com.techcorp.auth.spi.NewSession;
import com.techcorp.auth.spi.RotationResult;
import com.techcorp.auth.spi.SessionRules.Generations;
import java.time.Duration;
import java.time.Instant;

/**
 * What is kept of a session. Immutable.
 *
 * @param session as it was created
 * @param generations which token is the current one
 * @param tokenHash the hash of that token
 * @param expiresAt when it ends at the latest
 * @param goesAt when it ends unless it is refreshed before
 */
record HeldSession(
    NewSession session,
    Generations generations,
    String tokenHash,
    Instant expiresAt,
    Instant goesAt) {

  static HeldSession created(NewSession session, Instant now) {
    return new HeldSession(
        session,
        new Generations(1, 0, now),
        session.tokenHash(),
        now.plus(session.lifetime()),
        goesAt(session, now.plus(session.lifetime()), now));
  }

  HeldSession rotated(Generations next, String nextHash, Instant now) {
    return new HeldSession(session, next, nextHash, expiresAt, goesAt(session, expiresAt, now));
  }

  private static Instant goesAt(NewSession session, Instant expiresAt, Instant now) {
    Duration idle = session.idle();
    return idle == null || now.plus(idle).isAfter(expiresAt) ? expiresAt : now.plus(idle);
  }

  RotationResult current() {
    return new RotationResult.Current(
        session.userId(), session.createdAt(), generations.current(), tokenHash);
  }

  Session visible() {
    return new Session(
        session.id(), session.userId(), session.deviceInfo(), session.createdAt(), expiresAt);
  }

  /** Returns a description without hash and device. */
  @Override
  public String toString() {
    return "HeldSession[" + session.id() + "]";
  }
}
