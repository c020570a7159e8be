package com.techcorp.contracts;

import com.techcorp.auth.spi.RevocationPage;
import com.techcorp.auth.spi.RevocationPage.Revocation;
import com.techcorp.auth.spi.Revocations;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Revocations and a verifier that reads them, in short words. */
public abstract class RevocationsScenario extends Contract<RevocationsUnderTest> {
  static final Duration LIMIT = Duration.ofSeconds(60);
  static final Duration KEEP = Duration.ofSeconds(1_805);
  static final Instant BEFORE = Instant.parse("2024-06-15T12:00:00.123Z");

  /** For subclasses. */
  protected RevocationsScenario() {}

  /** What is revoked. */
  sealed interface Target {}

  record OneSession(UUID id) implements Target {}

  record AllOfUser(UUID id, Instant before) implements Target {}

  final Revocations revocations() {
    return adapter().revocations();
  }

  final void pass(Duration time) {
    adapter().passing().accept(time);
  }

  final Target revokeSession(Duration keep) {
    UUID session = UUID.randomUUID();
    revocations().revokeSession(session, keep);
    return new OneSession(session);
  }

  final Target revokeSession() {
    return revokeSession(KEEP);
  }

  final Target revokeUser(UUID user, Instant before, Duration keep) {
    revocations().revokeUser(user, before, keep);
    return new AllOfUser(user, before);
  }

  static Target target(Revocation revocation) {
    if (revocation instanceof RevocationPage.OfUser user) {
      return new AllOfUser(user.userId(), user.before());
    }
    return new OneSession(((RevocationPage.OfSession) revocation).sessionId());
  }

  /** A verifier: it remembers everything that it has read, and where it stands. */
  final class Reader {
    final Map<Target, Duration> read = new HashMap<>();
    private @Nullable String cursor;

    /** Reads all that there is now. */
    void catchUp(int limit) {
      while (readPage(limit).more()) {
        // the next page
      }
    }

    RevocationPage readPage(int limit) {
      RevocationPage page = revocations().since(cursor, limit);
      cursor = page.cursor();
      page.revocations().forEach(each -> read.put(target(each), each.keep()));
      return page;
    }
  }

  /** Reads from the beginning, as a verifier that starts. */
  final Map<Target, Duration> all() {
    Reader reader = new Reader();
    reader.catchUp(1_000);
    return reader.read;
  }
}
