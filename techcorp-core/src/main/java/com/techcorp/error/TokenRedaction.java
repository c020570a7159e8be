package com.techcorp.error;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
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

  /** The replacement for a secret. */
  private static final String MASK = "***";

  private static final int MAX_CAUSES = 4;
  private static final int MAX_SUPPRESSED = 3;

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
      secrets.forEach(secret -> all.addAll(SecretPatterns.of(secret)));
      made = all;
      patterns = made;
    }
    return made;
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
    return OneLine.of(removed(String.valueOf(text)));
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
      if (SecretPatterns.isQuoted(secret, given)) {
        return MASK;
      }
    }
    return OneLine.of(given);
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
