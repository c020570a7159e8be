package com.techcorp.redis.internal;

import com.techcorp.auth.spi.RevocationPage;
import com.techcorp.auth.spi.RevocationPage.Revocation;
import com.techcorp.auth.spi.Revocations;
import com.techcorp.redis.RedisOptions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Revocations in Redis: one sorted set, in the order of the server's time. A member is {@code
 * s:session:kept} or {@code u:user:before:kept}, with times in milliseconds.
 */
public final class RedisRevocations implements Revocations {
  private static final Script ADD = Script.of("revocation_add");
  private static final Script SINCE = Script.of("revocation_since");
  private static final String ID = "([0-9a-f-]{36})";
  private static final Pattern OF_SESSION = Pattern.compile("s:" + ID + ":(\\d{1,18})");
  private static final Pattern OF_USER = Pattern.compile("u:" + ID + ":(-?\\d{1,18}):(\\d{1,18})");

  private final RedisServers servers;
  private final String key;

  /**
   * For revocations that are shared by all processes with these servers and this prefix.
   *
   * @param servers where they are
   * @param options the prefix
   */
  public RedisRevocations(RedisServers servers, RedisOptions options) {
    this.servers = servers;
    this.key = options.prefix() + "revocations";
  }

  @Override
  public void revokeSession(UUID sessionId, Duration keep) {
    add("s:" + sessionId, keep);
  }

  @Override
  public void revokeUser(UUID userId, Instant before, Duration keep) {
    add("u:" + userId + ":" + before.toEpochMilli(), keep);
  }

  @Override
  public RevocationPage since(@Nullable String cursor, int limit) {
    int count = Math.max(1, limit);
    RevocationCursor from = RevocationCursor.parse(cursor);
    ScriptReply reply =
        servers.run(
            ScriptCall.of(SINCE, key, from.from(), from.member(), Integer.toString(count + 1)),
            servers.deadline());
    long now = reply.number(0);
    int found = (reply.size() - 1) / 2;
    int read = Math.min(found, count);
    List<Revocation> revocations = new ArrayList<>();
    for (int i = 0; i < read; i++) {
      revocation(reply.text(1 + 2 * i), reply.number(2 + 2 * i) - now).ifPresent(revocations::add);
    }
    boolean more = found > count;
    return new RevocationPage(revocations, next(from, reply, read, more).text(), more);
  }

  private void add(String member, Duration keep) {
    String kept = Long.toString(Math.max(1, keep.toMillis()));
    servers.runConfirmed(ScriptCall.of(ADD, key, member + ":" + kept, kept), servers.deadline());
  }

  private static RevocationCursor next(
      RevocationCursor before, ScriptReply reply, int read, boolean more) {
    if (read == 0) {
      boolean atBeginning = before.score().startsWith("-");
      return new RevocationCursor(atBeginning ? reply.text(0) : before.score(), "");
    }
    String member = reply.text(2 * read - 1);
    return new RevocationCursor(reply.text(2 * read), more ? member : "");
  }

  /**
   * Reads one; empty if nobody needs it any more, or a later version has written it.
   *
   * @param age when it was made, in milliseconds from now on: negative
   */
  private static Optional<Revocation> revocation(String member, long age) {
    Matcher ofSession = OF_SESSION.matcher(member);
    if (ofSession.matches()) {
      UUID session = UUID.fromString(ofSession.group(1));
      return kept(ofSession.group(2), age).map(keep -> new RevocationPage.OfSession(session, keep));
    }
    Matcher ofUser = OF_USER.matcher(member);
    if (ofUser.matches()) {
      UUID user = UUID.fromString(ofUser.group(1));
      Instant before = Instant.ofEpochMilli(Long.parseLong(ofUser.group(2)));
      return kept(ofUser.group(3), age).map(keep -> new RevocationPage.OfUser(user, before, keep));
    }
    return Optional.empty();
  }

  private static Optional<Duration> kept(String millis, long age) {
    long left = Long.parseLong(millis) + age;
    return left > 0 ? Optional.of(Duration.ofMillis(left)) : Optional.empty();
  }
}
