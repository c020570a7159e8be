package com.techcorp.redis.internal;

import io.lettuce.core.RedisCommandExecutionException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where another server has a key. The command was not executed.
 *
 * @param asking whether the key is only on its way there
 * @param host the other server's
 * @param port the other server's
 */
record Redirection(boolean asking, String host, int port) {
  private static final Pattern FORM = Pattern.compile("(MOVED|ASK) \\d+ (.+):(\\d{1,5})");

  /** Reads an error that a server answered with. */
  static Optional<Redirection> of(RedisCommandExecutionException error) {
    Matcher parts = FORM.matcher(String.valueOf(error.getMessage()));
    return parts.matches()
        ? Optional.of(
            new Redirection(
                parts.group(1).equals("ASK"), parts.group(2), Integer.parseInt(parts.group(3))))
        : Optional.empty();
  }
}
