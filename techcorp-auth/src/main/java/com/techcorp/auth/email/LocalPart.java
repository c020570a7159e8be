package com.techcorp.auth.email;

import com.ibm.icu.lang.UCharacter;
import com.ibm.icu.lang.UProperty;
import com.ibm.icu.text.Normalizer2;

/** The part before the @. */
final class LocalPart {
  /** What RFC 5322 allows in an atom, beside letters and digits. */
  private static final String SIGNS = "!#$%&'*+-/=?^_`{|}~";

  private LocalPart() {}

  /**
   * Folds case and normalises. Case folding is the full one of Unicode, without a locale; it is
   * done on decomposed text, because it would otherwise miss letters under their accents.
   */
  static String folded(String local) {
    String decomposed = Normalizer2.getNFDInstance().normalize(local);
    return Normalizer2.getNFCInstance().normalize(UCharacter.foldCase(decomposed, true));
  }

  /**
   * Returns whether a folded local part is an atom, or several with dots between, of RFC 5322 and
   * RFC 6531. It has no quotes, nothing that nobody sees, and no character that a later version of
   * Unicode may fold in another way.
   */
  static boolean isAllowed(String folded) {
    return !folded.isEmpty()
        && !folded.startsWith(".")
        && !folded.endsWith(".")
        && !folded.contains("..")
        && folded.codePoints().allMatch(LocalPart::isAllowed);
  }

  private static boolean isAllowed(int codePoint) {
    if (codePoint < 128) {
      return UCharacter.isLetterOrDigit(codePoint)
          || codePoint == '.'
          || SIGNS.indexOf(codePoint) >= 0;
    }
    return isSeen(codePoint);
  }

  private static boolean isSeen(int codePoint) {
    return switch (UCharacter.getType(codePoint)) {
      case UCharacter.UNASSIGNED,
          UCharacter.CONTROL,
          UCharacter.FORMAT,
          UCharacter.PRIVATE_USE,
          UCharacter.SURROGATE,
          UCharacter.SPACE_SEPARATOR,
          UCharacter.LINE_SEPARATOR,
          UCharacter.PARAGRAPH_SEPARATOR ->
          false;
      default -> !UCharacter.hasBinaryProperty(codePoint, UProperty.DEFAULT_IGNORABLE_CODE_POINT);
    };
  }
}
