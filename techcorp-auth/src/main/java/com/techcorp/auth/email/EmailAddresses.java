package com.techcorp.auth.email;

import com.techcorp.auth.EmailAddress;
import com.techcorp.error.InvalidInputException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Reads e-mail addresses as clients send them, and gives all spellings of one mailbox the same
 * canonical form.
 *
 * <p>The part before the @ is case folded as a whole, without a locale, and normalised to NFC. The
 * domain is written in ASCII by IDNA2008. So {@code ANA@Bücher.example}, {@code
 * ana@xn--bcher-kva.example} and {@code ana@BÜCHER.EXAMPLE} are one address.
 */
public final class EmailAddresses {
  private static final String FIELD = "email";
  private static final int LONGEST_SPELLING = 320;
  private static final int LONGEST_LOCAL_PART = 64;
  private static final int LONGEST_CANONICAL = 254;

  private EmailAddresses() {}

  /**
   * Reads an address. Blanks before and behind it are left out.
   *
   * @param text as it arrived
   * @return the address
   * @throws InvalidInputException names the field {@code email} and what is wrong, and quotes
   *     nothing of the address
   */
  public static EmailAddress of(@Nullable String text) {
    if (text == null || text.isEmpty()) {
      throw invalid("is missing");
    }
    if (text.length() > LONGEST_SPELLING) {
      throw invalid("must have " + LONGEST_SPELLING + " characters at the most");
    }
    String spelling = withoutBlanksAround(text);
    int at = spelling.lastIndexOf('@');
    if (at <= 0 || at == spelling.length() - 1) {
      throw invalid("must have an @ with something before and behind it");
    }
    String local = canonicalLocalPart(spelling.substring(0, at));
    String canonical = local + "@" + canonicalDomain(spelling.substring(at + 1));
    if (bytes(canonical) > LONGEST_CANONICAL) {
      throw invalid("must have " + LONGEST_CANONICAL + " bytes at the most");
    }
    return new EmailAddress(canonical, spelling);
  }

  private static String withoutBlanksAround(String text) {
    int begin = 0;
    int end = text.length();
    while (begin < end && text.charAt(begin) == ' ') {
      begin++;
    }
    while (end > begin && text.charAt(end - 1) == ' ') {
      end--;
    }
    return text.substring(begin, end);
  }

  private static String canonicalLocalPart(String local) {
    String folded = LocalPart.folded(local);
    if (bytes(local) > LONGEST_LOCAL_PART || bytes(folded) > LONGEST_LOCAL_PART) {
      throw invalid("must have " + LONGEST_LOCAL_PART + " bytes before the @ at the most");
    }
    if (!LocalPart.isAllowed(folded)) {
      throw invalid("must have letters, digits and usual signs before the @, and no dots in a row");
    }
    return folded;
  }

  private static String canonicalDomain(String domain) {
    try {
      return MailDomain.ascii(domain);
    } catch (MailDomain.RefusedException e) {
      throw invalid("has a domain that cannot be written in ASCII: " + e.getMessage());
    }
  }

  private static int bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }

  private static InvalidInputException invalid(String problem) {
    return new InvalidInputException(FIELD, problem);
  }
}
