package com.techcorp.redis.internal;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How far a reader of revocations has read. Between two times to read, a reader goes back a little:
 * after a fail-over, the new server's clock may be behind.
 *
 * @param score of what was read last, or the time if nothing was there
 * @param member what was read last if more is there; else empty
 */
record RevocationCursor(String score, String member) {
  private static final Duration OVERLAP = Duration.ofSeconds(10);
  private static final Pattern FORM = Pattern.compile("(\\d{1,18})(?: (.+))?", Pattern.DOTALL);
  private static final RevocationCursor BEGINNING = new RevocationCursor("-inf", "");

  /** Reads its text; whatever else it gets is the beginning. */
  static RevocationCursor parse(@Nullable String text) {
    Matcher parts = FORM.matcher(text == null ? "" : text);
    if (!parts.matches()) {
      return BEGINNING;
    }
    String member = parts.group(2);
    return new RevocationCursor(parts.group(1), member == null ? "" : member);
  }

  /** The least score to read. */
  String from() {
    boolean within = !member.isEmpty() || equals(BEGINNING);
    return within ? score : Long.toString(Math.max(0, Long.parseLong(score) - OVERLAP.toMillis()));
  }

  String text() {
    return member.isEmpty() ? score : score + " " + member;
  }
}
