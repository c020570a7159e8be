package com.techcorp.auth.token;

import com.techcorp.auth.TokenClaims;
import com.techcorp.auth.spi.RevocationPage;
import com.techcorp.auth.spi.RevocationPage.Revocation;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.LongStream;

/**
 * Revocations, each until none of its tokens can be valid, and a bounded number of them. One thread
 * adds, all read.
 *
 * <p>If there are too many, it forgets those that end first, and counts every token as revoked that
 * expires no later than they end: such a token may be one of theirs. Its client gets another one by
 * a refresh.
 */
final class KnownRevocations {
  private static final Duration BETWEEN_CLEANINGS = Duration.ofMinutes(1);

  /** The part that is forgotten if there are too many, so that it does not happen each time. */
  private static final int FORGOTTEN_PART = 10;

  private final int most;
  private final Map<UUID, Long> sessionEnds = new ConcurrentHashMap<>();
  private final Map<UUID, OfUser> users = new ConcurrentHashMap<>();
  private volatile Instant forgottenUntil = Instant.MIN;
  private Instant cleaned = Instant.MIN;

  KnownRevocations(int most) {
    this.most = most;
  }

  /** A user's latest revocation, and when it ends, in milliseconds. */
  private record OfUser(Instant before, long end) {
    OfUser and(OfUser other) {
      Instant later = before.isAfter(other.before) ? before : other.before;
      return new OfUser(later, Math.max(end, other.end));
    }
  }

  boolean contains(TokenClaims claims) {
    if (sessionEnds.containsKey(claims.sessionId())) {
      return true;
    }
    OfUser user = users.get(claims.userId());
    return (user != null && claims.issuedAt().isBefore(user.before()))
        || !claims.expiresAt().isAfter(forgottenUntil);
  }

  void add(Revocation revocation, Instant now) {
    long end = now.plus(revocation.keep()).toEpochMilli();
    if (revocation instanceof RevocationPage.OfSession session) {
      sessionEnds.merge(session.sessionId(), end, Math::max);
    } else if (revocation instanceof RevocationPage.OfUser user) {
      users.merge(user.userId(), new OfUser(user.before(), end), OfUser::and);
    }
    if (size() > most) {
      forgetEnded(now);
      if (size() > most) {
        forgetFirst();
      }
    }
  }

  /** Forgets what has ended, from time to time. */
  void clean(Instant now) {
    if (cleaned.isBefore(now.minus(BETWEEN_CLEANINGS)) || cleaned.isAfter(now)) {
      cleaned = now;
      forgetEnded(now);
    }
  }

  private void forgetEnded(Instant now) {
    forgetUntil(now.toEpochMilli());
  }

  private void forgetFirst() {
    long[] ends =
        LongStream.concat(
                sessionEnds.values().stream().mapToLong(Long::longValue),
                users.values().stream().mapToLong(OfUser::end))
            .sorted()
            .toArray();
    long last = ends[ends.length / FORGOTTEN_PART];
    // First, so that no reader misses both.
    forgottenUntil = Instant.ofEpochMilli(last);
    forgetUntil(last);
  }

  private void forgetUntil(long end) {
    sessionEnds.values().removeIf(each -> each <= end);
    users.values().removeIf(each -> each.end() <= end);
  }

  int size() {
    return sessionEnds.size() + users.size();
  }
}
