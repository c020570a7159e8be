package com.techcorp.auth.password;

import static org.assertj.core.api.Assertions.assertThat;

import com.techcorp.auth.Password;
import com.techcorp.auth.PasswordRefusal;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which passwords may be set. */
class PasswordPolicyTest {
  private static final String KEY = "\uD83D\uDD11";

  @ParameterizedTest
  @ValueSource(strings = {"a", "1234567", "\u00E9\u00E9\u00E9\u00E9\u00E9\u00E9\u00E9", "\0\0\0"})
  void fewerThan8CharactersAreTooShort(String text) {
    assertThat(PasswordPolicy.refusal(Password.of(text))).contains(PasswordRefusal.TOO_SHORT);
  }

  @Test
  void charactersAreCodePointsAndNotTheirHalves() {
    assertThat(PasswordPolicy.refusal(Password.of(KEY.repeat(7))))
        .contains(PasswordRefusal.TOO_SHORT);
    assertThat(PasswordPolicy.refusal(Password.of(KEY.repeat(8)))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "correct horse battery staple",
        "        ",
        "\0\0\0\0\0\0\0\0",
        "\u5BC6\u7801\u5BC6\u7801\u5BC6\u7801\u5BC6\u7801",
        " password",
        "password\u0301"
      })
  void anyOtherCharactersAreAllowed(String text) {
    assertThat(PasswordPolicy.refusal(Password.of(text))).isEmpty();
  }

  @Test
  void mayHave1024Bytes() {
    assertThat(PasswordPolicy.refusal(Password.of("x".repeat(1_024)))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"password", "PASSWORD", "PassWord", "12345678", "qwertyuiop", "iloveyou"})
  void aCommonOneIsRefusedWhateverItsCapitals(String text) {
    assertThat(PasswordPolicy.refusal(Password.of(text))).contains(PasswordRefusal.TOO_COMMON);
  }

  @Test
  void all3000CommonOnesAreRefused() {
    assertThat(CommonPasswords.all())
        .hasSize(3_000)
        .allSatisfy(
            common -> {
              assertThat(common.codePointCount(0, common.length())).isGreaterThanOrEqualTo(8);
              assertThat(common).isEqualTo(common.toLowerCase(Locale.ROOT));
              assertThat(PasswordPolicy.refusal(Password.of(common)))
                  .contains(PasswordRefusal.TOO_COMMON);
              assertThat(PasswordPolicy.refusal(Password.of(common.toUpperCase(Locale.ROOT))))
                  .contains(PasswordRefusal.TOO_COMMON);
            });
  }

  @Test
  void noLocaleChangesWhatIsCommon() {
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.forLanguageTag("tr"));
      assertThat(PasswordPolicy.refusal(Password.of("ILOVEYOU")))
          .contains(PasswordRefusal.TOO_COMMON);
    } finally {
      Locale.setDefault(before);
    }
  }
}
