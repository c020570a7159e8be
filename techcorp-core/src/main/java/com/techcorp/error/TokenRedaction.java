package com.techcorp.error;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The one place that every text from a host's or a provider's code passes before it is stored or
 * logged. It removes secrets, in whatever case or encoding they are quoted, and gives one line of
 * bounded length that every storage takes. Thread-safe.
 */
public final class TokenRedaction {
  /** The redaction for texts that can quote no secret. */
  public static final TokenRedaction NONE = new TokenRedaction(List.of());

  /** Shows nothing of a text: for when the secrets that it may quote cannot be known. */
  public static final TokenRedaction HIDDEN = new TokenRedaction(List.of());

  private static final int MAX_CHARS = 500;

  /** The replacement for a secret. */
  private static final String MASK = "***";

  /** A secret that is shorter is only removed as it is: its encodings would be found anywhere. */
  private static final int LEAST_ENCODED = 4;

  private static final int MAX_CAUSES = 4;
  private static final int MAX_SUPPRESSED = 3;

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

  private final List<String> secrets;
  private @Nullable List<Pattern> patterns;

  private TokenRedaction(List<String> secrets) {
    this.secrets = secrets;
  }

  /**
   * Returns a redaction for texts that may quote secrets.
   *
   * @param secrets what must not be seen; blank ones are left out
   * @return removes them
   */
  public static TokenRedaction of(Collection<String> secrets) {
    List<String> present = new ArrayList<>(secrets.size());
    for (String secret : secrets) {
      if (!secret.isBlank()) {
        present.add(secret);
      }
    }
    return present.isEmpty() ? NONE : new TokenRedaction(present);
  }

  /** Made when a text is to be cleaned for the first time, which most sagas never need. */
  private List<Pattern> patterns() {
    List<Pattern> made = patterns;
    if (made == null) {
      List<Pattern> all = new ArrayList<>();
      secrets.forEach(secret -> all.addAll(patterns(secret)));
      made = all;
      patterns = made;
    }
    return made;
  }

  private static List<Pattern> patterns(String secret) {
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

  /**
   * Returns a text that may be stored and logged.
   *
   * @param text as host or provider gave it; null counts as "null"
   * @return one line of 500 characters at the most: without secrets; with control characters, line
   *     separators and characters that change the direction of writing escaped; with a replacement
   *     for NUL and half surrogate pairs
   */
  public String text(@Nullable String text) {
    return cut(escaped(removed(String.valueOf(text))), MAX_CHARS);
  }

  /**
   * Returns an identifier of a provider's, such as a charge's reference: as {@link #text}, but
   * secrets are only looked for as they are, which costs next to nothing.
   *
   * @param identifier as the provider gave it
   * @return the identifier; masked as a whole if it quotes a secret
   */
  public String identifier(@Nullable String identifier) {
    String given = String.valueOf(identifier);
    for (String secret : secrets) {
      if (contains(given, secret)) {
        return MASK;
      }
    }
    return cut(escaped(given), MAX_CHARS);
  }

  private static boolean contains(String text, String secret) {
    for (int from = 0; from + secret.length() <= text.length(); from++) {
      if (text.regionMatches(true, from, secret, 0, secret.length())) {
        return true;
      }
    }
    return false;
  }

  private String removed(String text) {
    if (this == HIDDEN) {
      return MASK;
    }
    String clean = text;
    for (Pattern secret : patterns()) {
      clean = secret.matcher(clean).replaceAll(MASK);
    }
    return clean;
  }

  private static String escaped(String text) {
    if (isPlain(text)) {
      return text;
    }
    StringBuilder clean = new StringBuilder(text.length() + 16);
    text.codePoints().forEach(c -> append(c, clean));
    return clean.toString();
  }

  private static boolean isPlain(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < ' ' || c >= 0x7F) {
        return false;
      }
    }
    return true;
  }

  private static void append(int c, StringBuilder to) {
    if (c == 0 || (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE)) {
      to.append('\uFFFD');
    } else if (c == '\n') {
      to.append("\\n");
    } else if (c == '\r') {
      to.append("\\r");
    } else if (c == '\t') {
      to.append("\\t");
    } else if (isInvisible(c)) {
      to.append(String.format("\\u%04x", c));
    } else {
      to.appendCodePoint(c);
    }
  }

  private static boolean isInvisible(int c) {
    int type = Character.getType(c);
    return type == Character.CONTROL
        || type == Character.FORMAT
        || type == Character.LINE_SEPARATOR
        || type == Character.PARAGRAPH_SEPARATOR;
  }

  private static String cut(String text, int most) {
    if (text.length() <= most) {
      return text;
    }
    boolean splitsPair = Character.isHighSurrogate(text.charAt(most - 1));
    return text.substring(0, splitsPair ? most - 1 : most);
  }

  /**
   * Returns why something failed: classes and messages of what was thrown, of its causes, and of
   * what was suppressed.
   *
   * @param fault what was thrown
   * @return a text as {@link #text} gives it
   */
  public String reason(Throwable fault) {
    StringBuilder reason = new StringBuilder(named(fault));
    Throwable cause = fault.getCause();
    for (int depth = 0; cause != null && depth < MAX_CAUSES; depth++) {
      if (reason.indexOf(named(cause)) < 0) {
        reason.append("; caused by ").append(named(cause));
      }
      cause = cause.getCause();
    }
    Throwable[] suppressed = fault.getSuppressed();
    for (int i = 0; i < Math.min(suppressed.length, MAX_SUPPRESSED); i++) {
      reason.append("; suppressed ").append(named(suppressed[i]));
    }
    return text(reason.toString());
  }

  private static String named(Throwable fault) {
    String message = message(fault);
    String name =
        fault instanceof RedactedException safe ? safe.type() : fault.getClass().getName();
    return message == null ? name : name + ": " + message;
  }

  /** A message is host code too. */
  private static @Nullable String message(Throwable fault) {
    try {
      return fault.getMessage();
    } catch (Throwable e) {
      return "(its message cannot be read: " + e.getClass().getName() + ")";
    }
  }

  /**
   * Returns a fault that may be logged or be a cause: with its stack, its causes and suppressed
   * exceptions, all texts redacted as by {@link #text}.
   *
   * @param fault what was thrown
   * @return the fault itself if there is nothing to change, else a copy
   */
  public Throwable safe(Throwable fault) {
    return isSafe(fault, 0) ? fault : copy(fault, 0);
  }

  private boolean isSafe(@Nullable Throwable fault, int depth) {
    if (fault == null || fault instanceof RedactedException) {
      return true;
    }
    String message = message(fault);
    if (depth > MAX_CAUSES || (message != null && !message.equals(text(message)))) {
      return false;
    }
    for (Throwable suppressed : fault.getSuppressed()) {
      if (!isSafe(suppressed, depth + 1)) {
        return false;
      }
    }
    return isSafe(fault.getCause(), depth + 1);
  }

  private RedactedException copy(Throwable fault, int depth) {
    String message = message(fault);
    Throwable cause = fault.getCause();
    RedactedException copy =
        new RedactedException(
            fault.getClass().getName(),
            message == null ? null : text(message),
            cause == null || depth >= MAX_CAUSES ? null : copy(cause, depth + 1));
    copy.setStackTrace(fault.getStackTrace());
    Throwable[] suppressed = fault.getSuppressed();
    for (int i = 0; i < Math.min(suppressed.length, MAX_SUPPRESSED) && depth < MAX_CAUSES; i++) {
      copy.addSuppressed(copy(suppressed[i], depth + 1));
    }
    return copy;
  }
}
