package com.techcorp.redis.internal;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A key as a check reads it, or a page of it.
 *
 * @param name the key
 * @param family what it is for
 * @param readAt the server's time
 * @param timeToLive empty: it stays for ever
 * @param next where the next page begins; {@link #WHOLE} if there is none
 * @param texts a string; or the fields of a hash, each with its value; or the members of a sorted
 *     set, each with its score
 */
record StoredKey(
    String name,
    KeyFamily family,
    Instant readAt,
    Optional<Duration> timeToLive,
    String next,
    List<String> texts) {
  /** Where the first page begins, and that there is no other. */
  static final String WHOLE = "0";

  private static final int TEXTS = 4;
  private static final Pattern SESSION =
      Pattern.compile(
          "\\{\"user_id\":\"([0-9a-f-]{36})\".*?\"expires_at\":(\\d{1,15}),.*", Pattern.DOTALL);

  /** Reads what {@code check_read.lua} returned; empty if the key is gone. */
  static Optional<StoredKey> of(String name, KeyFamily family, ScriptReply reply) {
    if (reply.is("none")) {
      return Optional.empty();
    }
    long left = reply.number(2);
    return Optional.of(
        new StoredKey(
            name,
            family,
            Instant.ofEpochMilli(reply.number(1)),
            left < 0 ? Optional.empty() : Optional.of(Duration.ofMillis(left)),
            reply.text(3),
            reply.texts().subList(TEXTS - 1, reply.size() - 1)));
  }

  boolean isWhole() {
    return next.equals(WHOLE);
  }

  /** The user of a session that is confirmed; empty if it is none. */
  Optional<String> user() {
    if (family != KeyFamily.SESSION || texts.size() != 1) {
      return Optional.empty();
    }
    Matcher session = SESSION.matcher(texts.get(0));
    return session.matches() && !session.group(2).equals("0")
        ? Optional.of(session.group(1))
        : Optional.empty();
  }
}
