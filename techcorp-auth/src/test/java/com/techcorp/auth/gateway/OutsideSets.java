package com.techcorp.auth.gateway;

import static com.techcorp.auth.gateway.TestContexts.ANA;
import static com.techcorp.auth.gateway.TestContexts.KEY;
import static com.techcorp.auth.gateway.TestContexts.NONE;
import static com.techcorp.auth.gateway.TestContexts.NOW;
import static com.techcorp.auth.gateway.TestContexts.OTHER_KEY;
import static java.util.Map.entry;

import com.techcorp.testkit.SteppedClock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;

/**
 * Headers as an attacker sends them who wants to be Ana and knows the contract, has seen signed
 * sets of hers, and knows how servers differ in reading headers.
 */
final class OutsideSets {
  private static final List<String> SPACES =
      List.of(" ", "\t", "\0", "\r", "\n", "\r\n ", "\u00A0", "\u200B", "\u2003", "\uFEFF", ":");

  private static final List<String> BREAKS =
      List.of("\r\n", "\n", "\r", "\r\n ", "\n\t", "\u010D\u010A", "\u2028", "\0");

  private static final List<Map.Entry<String, String>> LOOKALIKES =
      List.of(
          entry("k", "\u212A"),
          entry("s", "\u017F"),
          entry("c", "\u0441"),
          entry("e", "\u0435"),
          entry("o", "\u043E"),
          entry("x", "\uFF58"),
          entry("t", "\uFF54"),
          entry("u", "\u0175"),
          entry("-", "\u2010"));

  private final Random random;

  OutsideSets(Random random) {
    this.random = random;
  }

  /** Returns the next set, of up to 1,000 other headers and one that names Ana. */
  RequestHeaders next() {
    List<Map.Entry<String, String>> set = new ArrayList<>(TestContexts.others(others()));
    for (Map.Entry<String, String> header : claim()) {
      for (int i = random.nextInt(10) == 0 ? 2 : 1; i > 0; i--) {
        set.add(disguised(header));
      }
    }
    set.addAll(TestContexts.others(random.nextInt(3)));
    if (random.nextInt(4) == 0) {
      Collections.shuffle(set, random);
    }
    return RequestHeaders.of(set);
  }

  private int others() {
    return random.nextInt(20) == 0 ? 1_000 : random.nextInt(random.nextInt(8) == 0 ? 200 : 8);
  }

  /** What names Ana, and no gateway has said of this request. */
  private List<Map.Entry<String, String>> claim() {
    List<Map.Entry<String, String>> claim = new ArrayList<>(stolen().entries());
    if (random.nextInt(3) == 0) {
      claim.remove(random.nextInt(claim.size()));
    }
    if (random.nextInt(3) == 0) {
      claim.removeIf(header -> random.nextBoolean());
    }
    if (random.nextInt(5) == 0 || claim.isEmpty()) {
      claim.add(entry(ContextHeaders.USER, ANA.userId().toString()));
    }
    return claim;
  }

  private RequestHeaders stolen() {
    return switch (random.nextInt(5)) {
      case 0 -> signed(KEY, 0, RequestLine.of("POST", "/orders/a%20b?page=2"));
      case 1 -> signed(KEY, 0, RequestLine.of("GET", "/orders/a%20b?page=" + random.nextInt(2)));
      case 2 -> signed(KEY, 0, RequestLine.of("GET", "/other?page=2"));
      case 3 -> signed(KEY, random.nextBoolean() ? -31 : 31, TestContexts.REQUEST);
      default -> signed(OTHER_KEY, 0, TestContexts.REQUEST);
    };
  }

  private static RequestHeaders signed(byte[] key, int seconds, RequestLine request) {
    return ContextSigner.of(
            ContextKeys.of(key), ContextOptions.DEFAULT, SteppedClock.at(NOW.plusSeconds(seconds)))
        .sign(request, NONE, ANA);
  }

  private Map.Entry<String, String> disguised(Map.Entry<String, String> header) {
    String name = header.getKey();
    String value = header.getValue();
    return switch (random.nextInt(9)) {
      case 0 -> entry(name, value);
      case 1 -> entry(inSomeCase(name), value);
      case 2 -> entry(withOtherMarks(name, "_"), value);
      case 3 -> entry(inSomeCase(withOtherMarks(name, "_.~+-")), value);
      case 4 -> entry(withSpace(name), value);
      case 5 -> entry(withLookalikes(name), value);
      case 6 -> entry("X-Other", "x" + oneOf(BREAKS) + inSomeCase(name) + ": " + value);
      case 7 -> entry("X-Other: x" + oneOf(BREAKS) + name, value);
      default -> entry(inSomeCase(name), random.nextBoolean() ? value + oneOf(SPACES) : "");
    };
  }

  private String oneOf(List<String> texts) {
    return texts.get(random.nextInt(texts.size()));
  }

  private String inSomeCase(String name) {
    StringBuilder changed = new StringBuilder();
    for (char c : name.toCharArray()) {
      changed.append(random.nextBoolean() ? Character.toUpperCase(c) : Character.toLowerCase(c));
    }
    return changed.toString();
  }

  private String withOtherMarks(String name, String marks) {
    boolean all = random.nextBoolean();
    StringBuilder changed = new StringBuilder();
    for (char c : name.toCharArray()) {
      boolean other = c == '-' && (all || random.nextBoolean());
      changed.append(other ? marks.charAt(random.nextInt(marks.length())) : c);
    }
    return changed.toString();
  }

  private String withSpace(String name) {
    int at = random.nextInt(3) == 0 ? random.nextInt(name.length()) : 0;
    return switch (random.nextInt(3)) {
      case 0 -> oneOf(SPACES) + name;
      case 1 -> name + oneOf(SPACES);
      default -> name.substring(0, at) + oneOf(SPACES) + name.substring(at);
    };
  }

  private String withLookalikes(String name) {
    Map.Entry<String, String> letter = LOOKALIKES.get(random.nextInt(LOOKALIKES.size()));
    return name.toLowerCase(Locale.ROOT).replace(letter.getKey(), letter.getValue());
  }
}
