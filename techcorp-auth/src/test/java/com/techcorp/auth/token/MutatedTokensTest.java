package com.techcorp.auth.token;

import static org.assertj.core.api.Assertions.assertThat;

import com.techcorp.auth.AccessToken;
import com.techcorp.auth.TokenVerdict;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Whatever character of a token is changed, the token is refused. */
class MutatedTokensTest {
  private static final String CHARACTERS =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.=+/ \0\n\u00E9\uD800";

  private final AccessTokens tokens = TestTokens.tokens();

  @Test
  void none5000IsAccepted() {
    refuses(5_000);
  }

  @Test
  @Tag("soak")
  void none100000IsAccepted() {
    refuses(100_000);
  }

  @Test
  void noOtherLastCharacterIsAccepted() {
    // given
    AccessToken token = issued();
    int last = token.value().length() - 1;

    // then
    CHARACTERS
        .chars()
        .filter(c -> c != token.value().charAt(last))
        .forEach(c -> assertRefused(token.value().substring(0, last) + (char) c));
  }

  private void refuses(int mutations) {
    long seed = new Random().nextLong();
    System.out.println("MutatedTokensTest: " + mutations + " mutations, seed " + seed);
    Random random = new Random(seed);
    String token = "";
    for (int i = 0; i < mutations; i++) {
      if (i % 500 == 0) {
        token = issued().value();
        assertThat(tokens.verify(token)).isInstanceOf(TokenVerdict.Valid.class);
      }
      assertRefused(mutated(token, random));
    }
  }

  private AccessToken issued() {
    return tokens.issue(TestTokens.USER, TestTokens.EMAIL, TestTokens.SESSION);
  }

  private static String mutated(String token, Random random) {
    StringBuilder text = new StringBuilder(token);
    int at = random.nextInt(token.length());
    char before = token.charAt(at);
    while (text.charAt(at) == before) {
      text.setCharAt(at, CHARACTERS.charAt(random.nextInt(CHARACTERS.length())));
    }
    return text.toString();
  }

  private void assertRefused(String token) {
    TokenVerdict verdict = tokens.verify(token);
    if (!(verdict instanceof TokenVerdict.Refused)) {
      throw new AssertionError("accepted: " + token);
    }
  }
}
