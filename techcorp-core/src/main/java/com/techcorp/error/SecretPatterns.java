package com.techcorp.error;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Finds a secret in whatever case or encoding a text quotes it. */
final class SecretPatterns {
  /** A secret that is shorter is only removed as it is: its encodings would be found anywhere. */
  private static final int LEAST_ENCODED = 4;

  /** Twice percent-encoded at the most, JSON and HTML escapes, a backslash in front. */
  private static final String ESCAPED =
      "(?:%%(?:25)?%1$02x|\\\\u00%1$02x|&#x0*%1$x;|&#0*%1$d;|\\\\?\\x{%1$x})";

  /** Other spellings of some characters, in forms and in HTML. */
  private static final Map<Integer, String> NAMED =
      Map.of(
          (int) ' ', "\\+",
          (int) '&', "&amp;",
          (int) '<', "&lt;",
          (int) '>', "&gt;",
          (int) '"', "&quot;",
          (int) '\'', "&apos;");

  private SecretPatterns() {}

  static List<Pattern> of(String secret) {
    List<Pattern> all = new ArrayList<>();
    if (secret.length() < LEAST_ENCODED) {
      all.add(Pattern.compile(Pattern.quote(secret)));
      return all;
    }
    StringBuilder characters = new StringBuilder();
    secret.codePoints().forEach(c -> characters.append(alternatives(c)));
    all.add(ignoringCase(characters.toString()));
    byte[] bytes = secret.getBytes(StandardCharsets.UTF_8);
    all.add(ignoringCase(HexFormat.of().formatHex(bytes)));
    for (int before = 0; before < 3; before++) {
      String encoded = base64(bytes, before);
      if (encoded.length() >= LEAST_ENCODED) {
        all.add(Pattern.compile(encoded.replace("+", "[+-]").replace("/", "[/_]")));
      }
    }
    return all;
  }

  private static Pattern ignoringCase(String regex) {
    return Pattern.compile(regex, Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
  }

  private static String alternatives(int codePoint) {
    String named = NAMED.get(codePoint);
    if (named != null) {
      return "(?:" + named + "|" + String.format(ESCAPED, codePoint) + ")";
    }
    if (codePoint < 0x80) {
      return String.format(ESCAPED, codePoint);
    }
    StringBuilder percent = new StringBuilder();
    for (byte b : Character.toString(codePoint).getBytes(StandardCharsets.UTF_8)) {
      percent.append(String.format("%%(?:25)?%02x", b & 0xFF));
    }
    return "(?:" + percent + "|" + Pattern.quote(Character.toString(codePoint)) + ")";
  }

  /**
   * Returns the base64 text of a secret that follows {@code before} other bytes (modulo 3), without
   * the characters at both ends that depend on its neighbours.
   */
  private static String base64(byte[] secret, int before) {
    byte[] shifted = new byte[before + secret.length];
    System.arraycopy(secret, 0, shifted, before, secret.length);
    String encoded = Base64.getEncoder().withoutPadding().encodeToString(shifted);
    int from = before == 0 ? 0 : before + 1;
    int to = shifted.length % 3 == 0 ? encoded.length() : encoded.length() - 1;
    return encoded.substring(from, Math.max(from, to));
  }

  /** Returns whether a text quotes a secret as it is, in whatever case. */
  static boolean isQuoted(String secret, String text) {
    for (int from = 0; from + secret.length() <= text.length(); from++) {
      if (text.regionMatches(true, from, secret, 0, secret.length())) {
        return true;
      }
    }
    return false;
  }
}
