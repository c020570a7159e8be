package com.techcorp.servers.redis;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The address of one or several servers, in the form that Lettuce takes.
 *
 * @param text may hold a password; {@link #toString()} never does
 */
record RedisUri(String text) {
  /** Credentials are what stands before an {@code @}; there must be no other one. */
  private static final Pattern FORM =
      Pattern.compile("(redis[-+a-z]*://)(?:[^/?#@]*@)?([^?#@]+)(?:[?#][^@]*)?");

  /**
   * Reads an address.
   *
   * @throws IllegalArgumentException when it is none; the message does not repeat it
   */
  static RedisUri parse(String text) {
    String address = text.trim();
    if (!FORM.matcher(address).matches()) {
      throw new IllegalArgumentException(
          "A Redis address must read redis://user:password@host:port, with what is special in the"
              + " password percent-encoded");
    }
    return new RedisUri(address);
  }

  /** The address of a server on this machine. */
  static RedisUri local(int port) {
    return new RedisUri("redis://127.0.0.1:" + port);
  }

  @Override
  public String toString() {
    Matcher parts = FORM.matcher(text);
    return parts.matches() ? parts.group(1) + parts.group(2) : "redis://";
  }
}
