package com.techcorp.auth.email;

import com.ibm.icu.lang.UCharacter;
import com.ibm.icu.lang.UProperty;
import com.ibm.icu.text.IDNA;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;

/** The part behind the @, by IDNA2008 as techcorp-mail writes it. */
final class MailDomain {
  /** Non-transitional: the older transitional form writes another domain for {@code faß.de}. */
  private static final IDNA DOMAINS =
      IDNA.getUTS46Instance(
          IDNA.NONTRANSITIONAL_TO_ASCII
              | IDNA.USE_STD3_RULES
              | IDNA.CHECK_BIDI
              | IDNA.CHECK_CONTEXTJ
              | IDNA.CHECK_CONTEXTO);

  private static final int ZERO_WIDTH_NON_JOINER = 0x200C;
  private static final int ZERO_WIDTH_JOINER = 0x200D;

  private MailDomain() {}

  /** A domain is refused. Its message has the names of the errors, and nothing of the domain. */
  static final class RefusedException extends Exception {
    private static final long serialVersionUID = 1L;

    RefusedException(String errors) {
      super(errors);
    }
  }

  /** Returns the domain in ASCII and small letters. */
  static String ascii(String domain) throws RefusedException {
    if (domain.codePoints().anyMatch(MailDomain::isDropped)) {
      throw new RefusedException("DISALLOWED");
    }
    IDNA.Info info = new IDNA.Info();
    String ascii = DOMAINS.nameToASCII(domain, new StringBuilder(), info).toString();
    Set<IDNA.Error> errors = EnumSet.noneOf(IDNA.Error.class);
    errors.addAll(info.getErrors());
    // Registries no longer give such names away, but some exist.
    errors.remove(IDNA.Error.HYPHEN_3_4);
    if (ascii.endsWith(".")) {
      errors.add(IDNA.Error.EMPTY_LABEL);
    }
    if (!errors.isEmpty()) {
      throw new RefusedException(
          errors.stream().map(Enum::name).sorted().collect(Collectors.joining(", ")));
    }
    return ascii;
  }

  /** IDNA leaves out what nobody sees, but mails and tokens would still have it. */
  private static boolean isDropped(int codePoint) {
    return codePoint != ZERO_WIDTH_NON_JOINER
        && codePoint != ZERO_WIDTH_JOINER
        && UCharacter.hasBinaryProperty(codePoint, UProperty.DEFAULT_IGNORABLE_CODE_POINT);
  }
}
