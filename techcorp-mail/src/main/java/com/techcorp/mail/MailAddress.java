package com.techcorp.mail;

import com.ibm.icu.text.IDNA;
import com.techcorp.error.WiringException;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import java.io.UnsupportedEncodingException;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;

/** Addresses that can be written into a header and a command as they are. */
final class MailAddress {
  /** Non-transitional: the older transitional form writes another domain for {@code faß.de}. */
  private static final IDNA DOMAINS =
      IDNA.getUTS46Instance(
          IDNA.NONTRANSITIONAL_TO_ASCII
              | IDNA.USE_STD3_RULES
              | IDNA.CHECK_BIDI
              | IDNA.CHECK_CONTEXTJ
              | IDNA.CHECK_CONTEXTO);

  private MailAddress() {}

  /**
   * Returns a recipient: one bare address, without a name, a list or a group.
   *
   * @param text such as {@code ana@example.com}; a domain beyond ASCII is written in its ASCII form
   * @return the address
   * @throws AddressRefusedException if it cannot be one, or its part before the @ is not ASCII
   */
  static InternetAddress recipient(String text) throws AddressRefusedException {
    return bare(text, "the recipient");
  }

  private static InternetAddress bare(String text, String whose) throws AddressRefusedException {
    int at = text.lastIndexOf('@');
    if (at <= 0) {
      throw new AddressRefusedException(whose + " has no @ with something before it");
    }
    String local = text.substring(0, at);
    if (!isAscii(local)) {
      throw new AddressRefusedException("the part before the @ of " + whose + " is not ASCII");
    }
    String ascii = local + "@" + domain(text.substring(at + 1), whose);
    try {
      InternetAddress address = new InternetAddress(ascii, true);
      if (ascii.equals(address.getAddress()) && !address.isGroup() && isPrintable(ascii)) {
        return address;
      }
    } catch (AddressException e) {
      // It may quote the address.
    }
    throw new AddressRefusedException(whose + " is no address that mail can go to");
  }

  /**
   * Encodes a domain; one in ASCII stays as it is, because the server that looks it up knows what
   * it may hold.
   */
  private static String domain(String text, String whose) throws AddressRefusedException {
    if (isAscii(text)) {
      return text;
    }
    IDNA.Info info = new IDNA.Info();
    String ascii = DOMAINS.nameToASCII(text, new StringBuilder(), info).toString();
    if (info.hasErrors()) {
      String errors =
          info.getErrors().stream().map(Enum::name).sorted().collect(Collectors.joining(", "));
      throw new AddressRefusedException(
          "the domain of " + whose + " cannot be written in ASCII: " + errors);
    }
    return ascii;
  }

  private static boolean isAscii(String text) {
    return text.chars().allMatch(c -> c < 128);
  }

  /**
   * Returns whether an address has no blanks or angle brackets, which would end it within a
   * command.
   */
  private static boolean isPrintable(String text) {
    return text.chars().allMatch(c -> c > ' ' && c < 127 && c != '<' && c != '>');
  }

  /**
   * Returns an address of ours, with or without a name.
   *
   * @param text such as {@code Shop <orders@example.com>}; its domain is written as a recipient's
   * @param what for the error's text
   * @throws WiringException if it is none, or cannot be written
   */
  static InternetAddress own(String text, String what) {
    try {
      // Lenient, for it knows no characters beyond letters in a domain; what it finds is checked.
      InternetAddress[] found = InternetAddress.parseHeader(text, false);
      if (found.length != 1 || text.chars().anyMatch(c -> c < ' ')) {
        throw new WiringException("mail: " + what + " must be an address such as a@example.com");
      }
      InternetAddress address = found[0];
      address.setAddress(bare(address.getAddress(), "the address").getAddress());
      address.setPersonal(address.getPersonal(), StandardCharsets.UTF_8.name());
      return address;
    } catch (AddressRefusedException e) {
      throw new WiringException("mail: " + what + ": " + e.getMessage());
    } catch (AddressException | UnsupportedEncodingException e) {
      throw new WiringException(
          "mail: " + what + " must read a@example.com or Shop <a@example.com>");
    }
  }
}
