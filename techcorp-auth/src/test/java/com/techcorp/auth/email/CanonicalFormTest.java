package com.techcorp.auth.email;

import static org.assertj.core.api.Assertions.assertThat;

import com.ibm.icu.lang.UCharacter;
import com.ibm.icu.text.Normalizer2;
import com.techcorp.auth.EmailAddress;
import com.techcorp.error.InvalidInputException;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Whatever is spelled, its canonical form is that of the form itself. */
class CanonicalFormTest {
  /** Letters that fold, compose, fold to several, or are mapped in domains. */
  private static final String[] ODD = {
    "A",
    "z",
    "\u212A",
    "\u017F",
    "\u00DF",
    "\u1E9E",
    "\uFB03",
    "\u0130",
    "\u0131",
    "i\u0307",
    "\u0390",
    "\u1FD3",
    "\u03B1\u0345",
    "\u1F80",
    "\u0345",
    "\u03C2",
    "\u03A3",
    "\u0301",
    "\u0308",
    "e\u0301",
    "\u00C9",
    "\u212B",
    "\u2126",
    "\u1E69",
    "s\u0307\u0323",
    "\u13A0",
    "\uAB70",
    "\u10D0",
    "\u1C90",
    "\uD55C",
    "\u1112\u1161\u11AB",
    "\uD801\uDC00",
    "\uFF21",
    "\u2460",
    "\uD83D\uDD11",
    ".",
    "-",
    "0",
    "+",
    "\u3002",
    "\u200C",
    "\u0915\u094D\u200D",
    "\u0928",
    "\u05D0"
  };

  /** Its capital is that of another letter. */
  private static final String DOTLESS_I = "\u0131";

  @Test
  @Tag("T60")
  void isItsOwnOfEachCodePointThatIsNoIdeograph() {
    codePoints().filter(it -> !isOneOfMany(it)).forEach(CanonicalFormTest::isItsOwnOf);
  }

  @Test
  @Tag("T60")
  @Tag("soak")
  void isItsOwnOfEachCodePoint() {
    codePoints().forEach(CanonicalFormTest::isItsOwnOf);
  }

  private static IntStream codePoints() {
    return IntStream.rangeClosed(0, Character.MAX_CODE_POINT);
  }

  /** Of those that have no case and no accent, most are ideographs, syllables and not assigned. */
  private static boolean isOneOfMany(int codePoint) {
    return switch (UCharacter.getType(codePoint)) {
      case UCharacter.OTHER_LETTER, UCharacter.UNASSIGNED, UCharacter.PRIVATE_USE -> true;
      default -> false;
    };
  }

  private static void isItsOwnOf(int codePoint) {
    String letter = new String(Character.toChars(codePoint));
    isIdempotent("a" + letter + "b@example.com");
    isIdempotent("a" + letter + "\u0345\u0301@example.com");
    isIdempotent("ana@a" + letter + "b.example");
  }

  @Test
  @Tag("T60")
  void isItsOwnOf5000Addresses() {
    generated(5_000);
  }

  @Test
  @Tag("T60")
  @Tag("soak")
  void isItsOwnOf1000000Addresses() {
    generated(1_000_000);
  }

  private static void generated(int addresses) {
    long seed = new Random().nextLong();
    System.out.println("CanonicalFormTest: " + addresses + " addresses, seed " + seed);
    Random random = new Random(seed);
    int accepted = 0;
    for (int i = 0; i < addresses; i++) {
      String local = text(random, 1 + random.nextInt(6));
      String domain = text(random, 1 + random.nextInt(4)) + ".example";
      accepted += isIdempotent(local + "@example.com") ? 1 : 0;
      accepted += isIdempotent(local + "@" + domain) ? 1 : 0;
    }
    assertThat(accepted).as("addresses that are none").isGreaterThan(addresses / 2);
  }

  private static String text(Random random, int letters) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < letters; i++) {
      text.append(ODD[random.nextInt(ODD.length)]);
    }
    return text.toString();
  }

  private static boolean isIdempotent(String spelling) {
    Optional<String> canonical = canonical(spelling);
    if (canonical.isEmpty()) {
      return false;
    }
    assertSame(spelling, canonical.get(), canonical.get());
    int at = spelling.lastIndexOf('@');
    String local = spelling.substring(0, at);
    String rest = spelling.substring(at);
    // Decomposed first, because U+0345 becomes a letter, to which accents behind it would move.
    String decomposed = Normalizer2.getNFDInstance().normalize(local);
    for (String other :
        new String[] {
          Normalizer2.getNFCInstance().normalize(local),
          decomposed,
          UCharacter.foldCase(decomposed, true),
          local.contains(DOTLESS_I) ? local : UCharacter.toUpperCase(Locale.ROOT, decomposed),
          UCharacter.toLowerCase(Locale.ROOT, decomposed)
        }) {
      // Capitals may be too long.
      canonical(other + rest).ifPresent(it -> assertSame(spelling, it, canonical.get()));
    }
    return true;
  }

  private static void assertSame(String spelling, String other, String canonical) {
    if (!canonical(other).equals(Optional.of(canonical))) {
      throw new AssertionError(
          spelling + " is " + canonical + ", and " + other + " is " + canonical(other));
    }
  }

  private static Optional<String> canonical(String text) {
    try {
      EmailAddress address = EmailAddresses.of(text);
      return Optional.of(address.canonical());
    } catch (InvalidInputException e) {
      return Optional.empty();
    }
  }
}
