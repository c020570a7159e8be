package com.techcorp.mail;

import java.io.IOException;
import java.util.regex.Pattern;

/**
 * Makes a provider's text fit for logs and the delivery log: short, one line, without addresses.
 */
final class CleanText {
  private static final int MAX_CHARS = 200;

  /** To look for addresses in a long word takes its length squared. */
  private static final int MAX_READ = 2_000;

  private static final Pattern BLANK = Pattern.compile("[\\p{Cntrl}\\s]+");
  private static final Pattern ADDRESS =
      Pattern.compile("\\S*(?:@|%40|=40)\\S*", Pattern.CASE_INSENSITIVE);

  private CleanText() {}

  /**
   * Makes a provider's text fit for logs.
   *
   * @param text as it came
   * @param recipient whom the message is for
   * @return 200 characters at the most, with {@code ***} for whatever looks like an address and for
   *     the recipient's name at their domain
   */
  static String of(String text, String recipient) {
    String line = BLANK.matcher(beginning(text)).replaceAll(" ").strip();
    line = ADDRESS.matcher(line).replaceAll("***");
    int at = recipient.lastIndexOf('@');
    if (at > 0) {
      line = word(recipient.substring(0, at)).matcher(line).replaceAll("***");
    }
    return cut(line);
  }

  /**
   * Returns why something failed: what the connection's exceptions say, innermost first. Others may
   * quote the message, so only their class is reported.
   */
  static String of(Throwable failure) {
    String reason = "";
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof IOException && cause.getMessage() != null) {
        reason = cause.getClass().getSimpleName() + ": " + cause.getMessage();
      }
    }
    return reason.isEmpty() ? failure.getClass().getSimpleName() : of(reason, "");
  }

  /** Whole words only: half an address is none, and would not be masked. */
  private static String beginning(String text) {
    if (text.length() <= MAX_READ) {
      return text;
    }
    int end = MAX_READ;
    while (end > 0 && !Character.isWhitespace(text.charAt(end))) {
      end--;
    }
    return text.substring(0, end);
  }

  private static Pattern word(String literal) {
    return Pattern.compile(
        "(?<![\\p{L}\\p{N}])" + Pattern.quote(literal) + "(?![\\p{L}\\p{N}])",
        Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
  }

  private static String cut(String line) {
    if (line.length() <= MAX_CHARS) {
      return line;
    }
    boolean splitsPair = Character.isHighSurrogate(line.charAt(MAX_CHARS - 1));
    return line.substring(0, splitsPair ? MAX_CHARS - 1 : MAX_CHARS);
  }
}
