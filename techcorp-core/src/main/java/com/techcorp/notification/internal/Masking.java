package com.techcorp.notification.internal;

/** Personal data in logs. */
public final class Masking {
  private Masking() {}

  /**
   * Returns a recipient that an operator recognises and a stranger does not.
   *
   * @param recipient an address or number
   * @return such as {@code m***@example.com}; {@code ***} for anything but a mail address
   */
  public static String recipient(String recipient) {
    int at = recipient.lastIndexOf('@');
    if (at <= 0) {
      return "***";
    }
    String domain = recipient.substring(at).replaceAll("\\p{Cntrl}", "?");
    return recipient.substring(0, recipient.offsetByCodePoints(0, 1)) + "***" + domain;
  }
}
