package com.techcorp.notification.internal;

/** Addresses to which a message may be given to a sender. */
final class EmailRecipient {
  private EmailRecipient() {}

  /**
   * Returns whether an address is not readable as a header, a list or nothing; does not check that
   * it exists.
   */
  static boolean isUsable(String email) {
    String address = email.strip();
    int at = address.lastIndexOf('@');
    return at > 0
        && at < address.length() - 1
        && address
            .chars()
            .noneMatch(c -> Character.isWhitespace(c) || Character.isISOControl(c) || c == ',');
  }
}
