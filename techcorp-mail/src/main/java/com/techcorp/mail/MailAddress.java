package com.techcorp.mail;

import com.techcorp.error.WiringError;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import java.io.UnsupportedEncodingException;
import java.net.IDN;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Addresses that can be written into a header and a command as they are. */
final class MailAddress {
  private MailAddress() {}

  /**
   * A recipient: one bare address, without a name, a list or a group.
   *
   * @param text such as {@code ana@example.com}; a domain beyond ASCII is written in its ASCII form
   * @return the address, or empty if it cannot be one, or its part before the @ is not ASCII
   */
  static Optional<InternetAddress> recipient(String text) {
    try {
      int at = text.lastIndexOf('@');
      if (at <= 0) {
        return Optional.empty();
      }
      String ascii = text.substring(0, at + 1) + IDN.toASCII(text.substring(at + 1));
      InternetAddress address = new InternetAddress(ascii, true);
      boolean bare = ascii.equals(address.getAddress()) && !address.isGroup();
      return bare && isPrintable(ascii) ? Optional.of(address) : Optional.empty();
    } catch (AddressException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** Without blanks and angle brackets, which would end the address within a command. */
  private static boolean isPrintable(String text) {
    return text.chars().allMatch(c -> c > ' ' && c < 127 && c != '<' && c != '>');
  }

  /**
   * An address of ours, with or without a name.
   *
   * @param text such as {@code Shop <orders@example.com>}
   * @param what for the error's text
   * @throws WiringError if it is none
   */
  static InternetAddress own(String text, String what) {
    try {
      InternetAddress address = new InternetAddress(text, true);
      if (recipient(address.getAddress()).isEmpty() || text.chars().anyMatch(c -> c < ' ')) {
        throw new WiringError("mail: " + what + " must be an address such as a@example.com");
      }
      address.setPersonal(address.getPersonal(), StandardCharsets.UTF_8.name());
      return address;
    } catch (AddressException | UnsupportedEncodingException e) {
      throw new WiringError("mail: " + what + " must read a@example.com or Shop <a@example.com>");
    }
  }
}
