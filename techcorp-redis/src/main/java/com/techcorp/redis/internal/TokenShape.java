package com.techcorp.redis.internal;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the library's tokens look like. */
final class TokenShape {
  /** Three parts in base64url, of which the first begins as a JSON object does. */
  private static final String ACCESS = "eyJ[\\w-]{8,}\\.[\\w-]{8,}\\.[\\w-]{8,}";

  /** 57 bytes in base64url, of which the first is the version 1. */
  private static final String REFRESH = "(?<![\\w-])A[Q-Za-f][\\w-]{74}(?![\\w-])";

  private static final Pattern TOKEN = Pattern.compile(ACCESS + "|" + REFRESH);

  /** Of a session: it holds a hash of 32 bytes in base64url. */
  private static final Pattern STORED = Pattern.compile("\"refresh_token\":\"([^\"]*)\"");

  private static final Pattern HASH = Pattern.compile("[\\w-]{43}");

  private TokenShape() {}

  static boolean isIn(String text) {
    return TOKEN.matcher(text).find();
  }

  /** Whether a stored session has something else than a hash in the place of the hash. */
  static boolean isStoredIn(String session) {
    Matcher stored = STORED.matcher(session);
    return stored.find() && !HASH.matcher(stored.group(1)).matches();
  }

  /** The text without what looks like a token. */
  static String masked(String text) {
    return TOKEN.matcher(text).replaceAll("***");
  }
}
