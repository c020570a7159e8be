package com.techcorp.redis.internal;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A script in Lua, which Redis runs atomically. It touches only keys that it is given, and in a
 * Cluster it is given one: two may be on two servers.
 *
 * @param source the text
 * @param digest by which Redis knows it once it has run
 */
record Script(String source, String digest) {
  /**
   * Reads a script from resources of this package.
   *
   * @param files names without {@code .lua}; the later ones use what the earlier ones define
   */
  static Script of(String... files) {
    StringBuilder source = new StringBuilder();
    for (String file : files) {
      source.append(text(file + ".lua"));
    }
    return ofSource(source.toString());
  }

  static Script ofSource(String source) {
    return new Script(source, digest(source));
  }

  private static String text(String file) {
    try (InputStream resource = Script.class.getResourceAsStream(file)) {
      if (resource == null) {
        throw new IllegalStateException("no resource " + file);
      }
      return new String(resource.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String digest(String source) {
    try {
      MessageDigest sha1 = MessageDigest.getInstance("SHA-1"); // it is Redis that says so
      return HexFormat.of().formatHex(sha1.digest(source.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JVM has SHA-1", e);
    }
  }
}
