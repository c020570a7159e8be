package com.techcorp.auth.password;

import static com.techcorp.auth.password.TestPasswords.FAST;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.techcorp.auth.Password;
import com.techcorp.auth.spi.PasswordMatch;
import com.techcorp.auth.spi.UnreadablePasswordHashException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Hashes of older systems, as other implementations made them: bcrypt by libxcrypt and by the tests
 * of crypt_blowfish, PBKDF2 by OpenSSL and by the tests of Django.
 */
class OlderHashesTest {
  private static final String UNICODE = "p\u00E4ssw\u00F6rd-\uD83D\uDD11";

  /** 72 bytes, of which bcrypt knows them all. */
  private static final String BYTES_72 =
      "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";

  private static final String OF_72 =
      "$2b$05$abcdefghijklmnopqrstuu5s2v8.iXieOjg/.AySBTTZIIVFJeBui";

  private final Argon2Passwords passwords = Argon2Passwords.of(FAST);

  @ParameterizedTest
  @CsvSource(
      delimiter = ' ',
      value = {
        "U*U $2a$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW",
        "abc $2a$06$If6bvum7DFjUnE9p2uDeDu0YHzrHM6tf.iqN8.yx.jNN1ILEf7h0i",
        "a $2b$04$abcdefghijklmnopqrstuuMFdJu9yVgmagVAIC24fOZkaFqd3s9JC",
        UNICODE + " $2a$05$abcdefghijklmnopqrstuud5sPIwAQICfEQS215LURVhSl7LiMqrC",
        UNICODE + " $2b$05$abcdefghijklmnopqrstuud5sPIwAQICfEQS215LURVhSl7LiMqrC",
        UNICODE + " $2y$05$abcdefghijklmnopqrstuud5sPIwAQICfEQS215LURVhSl7LiMqrC",
        BYTES_72 + " " + OF_72,
        "l\u00E8tmein pbkdf2_sha256$20000$seasalt$oBSd886ysm3AqYun62DOdin8YcfbU1z9cksZSuLP9r0=",
        "password $pbkdf2-sha256$6400$0ZrzXitFSGltTQnBWOsdew$"
            + "/hzjypjXGy76eQJ.wq7Ru0Kv4648Yyn016wkJ6SXBIs",
        UNICODE
            + " $pbkdf2-sha512$2500$AAECAwQFBgcICQoLDA0ODw$"
            + "nGLh4erium7S0uRwUI1QjxK.CCFyyZslNwaL44o31kzKc/GBYsLWh8JG8m/UmGFxLpT5bCkp5d.EN3rWfrE8DA",
        UNICODE
            + " $pbkdf2-sha256$i=1000,l=32$yMnKy8zNzs/Q0dLT1NXW1w$"
            + "E/JsufyHhz39KHedJdwnNOr0cpL/IlkpGMC+3pce7qA",
        UNICODE
            + " $pbkdf2-sha512$i=1000$yMnKy8zNzs/Q0dLT1NXW1w$I6hAM/+GeAlDxD3OkuqrifHm6su4MHKczJCMuyO"
            + "lVizYvbWBg0wo/BnBsFj74OhIb12a0Ypd5icceBqNEnSamg"
      })
  void matchesAndIsToBeReplaced(String password, String hash) {
    assertThat(passwords.matches(Password.of(password), hash))
        .isEqualTo(PasswordMatch.MATCHES_REPLACE);
    assertThat(passwords.matches(Password.of("x" + password), hash))
        .isEqualTo(PasswordMatch.DIFFERS);
    assertThat(passwords.matches(Password.of(password.substring(1) + "x"), hash))
        .isEqualTo(PasswordMatch.DIFFERS);
  }

  @Test
  @Tag("T34")
  void whoMatchesByTheFirst72BytesOfALongerPasswordIsAskedToChangeIt() {
    for (String rest : new String[] {"x", "chars after 72 are ignored", "y".repeat(952)}) {
      PasswordMatch match = passwords.matches(Password.of(BYTES_72 + rest), OF_72);

      assertThat(match).isEqualTo(PasswordMatch.MATCHES_REPLACE_AND_CHANGE);
      assertThat(match.isMatch() && match.replacesHash() && match.asksForChange()).isTrue();
    }
    assertThat(passwords.matches(Password.of("x" + BYTES_72), OF_72))
        .isEqualTo(PasswordMatch.DIFFERS);
  }

  @Test
  void aPasswordOf71BytesHasItsEndInTheHash() {
    String hash = "$2b$05$abcdefghijklmnopqrstuua4cI5kRltpWhR1kYKGZBo9ct1SFvSem";

    assertThat(passwords.matches(Password.of(BYTES_72.substring(0, 71)), hash))
        .isEqualTo(PasswordMatch.MATCHES_REPLACE);
    assertThat(passwords.matches(Password.of(BYTES_72), hash)).isEqualTo(PasswordMatch.DIFFERS);
  }

  /** In bcrypt "a" is repeated as "a NUL a NUL", and so is "a NUL a". */
  @Test
  void aPasswordWithNulMatchesNoBcryptHash() {
    String hash = "$2b$04$abcdefghijklmnopqrstuuMFdJu9yVgmagVAIC24fOZkaFqd3s9JC";

    assertThat(passwords.matches(Password.of("a"), hash)).isEqualTo(PasswordMatch.MATCHES_REPLACE);
    assertThat(passwords.matches(Password.of("a\0a"), hash)).isEqualTo(PasswordMatch.DIFFERS);
    assertThat(passwords.matches(Password.of("a\0"), hash)).isEqualTo(PasswordMatch.DIFFERS);
  }

  @Test
  void whatReplacesAnOlderHashIsNotReplacedAgain() {
    // given
    Password password = Password.of(BYTES_72 + "and more");
    assertThat(passwords.matches(password, OF_72).replacesHash()).isTrue();

    // when
    String replaced = passwords.hash(password);

    // then
    assertThat(passwords.matches(password, replaced)).isEqualTo(PasswordMatch.MATCHES);
    assertThat(passwords.matches(Password.of(BYTES_72 + "something else"), replaced))
        .isEqualTo(PasswordMatch.DIFFERS);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "$2$05$abcdefghijklmnopqrstuu5s2v8.iXieOjg/.AySBTTZIIVFJeBui",
        "$2x$05$abcdefghijklmnopqrstuu5s2v8.iXieOjg/.AySBTTZIIVFJeBui",
        "$2c$05$abcdefghijklmnopqrstuu5s2v8.iXieOjg/.AySBTTZIIVFJeBui",
        "$2b$5$abcdefghijklmnopqrstuu5s2v8.iXieOjg/.AySBTTZIIVFJeBui",
        "$2b$03$abcdefghijklmnopqrstuu5s2v8.iXieOjg/.AySBTTZIIVFJeBui",
        "$2b$17$abcdefghijklmnopqrstuu5s2v8.iXieOjg/.AySBTTZIIVFJeBui",
        "$2b$31$abcdefghijklmnopqrstuu5s2v8.iXieOjg/.AySBTTZIIVFJeBui",
        "$2b$05$abcdefghijklmnopqrstuu5s2v8.iXieOjg/.AySBTTZIIVFJeBu",
        "$2b$05$abcdefghijklmnopqrstuu5s2v8.iXieOjg/.AySBTTZIIVFJeBuii",
        "$2b$05$abcdefghijklmnopqrstuu5s2v8.iXieOjg/.AySBTTZIIVFJeBu+",
        "{bcrypt}$2b$05$abcdefghijklmnopqrstuu5s2v8.iXieOjg/.AySBTTZIIVFJeBui",
        "pbkdf2_sha1$20000$seasalt$oBSd886ysm3AqYun62DOdin8YcfbU1z9cksZSuLP9r0=",
        "pbkdf2_sha256$0$seasalt$oBSd886ysm3AqYun62DOdin8YcfbU1z9cksZSuLP9r0=",
        "pbkdf2_sha256$5000001$seasalt$oBSd886ysm3AqYun62DOdin8YcfbU1z9cksZSuLP9r0=",
        "pbkdf2_sha256$99999999999$seasalt$oBSd886ysm3AqYun62DOdin8YcfbU1z9cksZSuLP9r0=",
        "pbkdf2_sha256$20000$$oBSd886ysm3AqYun62DOdin8YcfbU1z9cksZSuLP9r0=",
        "pbkdf2_sha256$20000$seasalt$oBSd886ysm3AqYun62DOdin8YcfbU1z9cksZSuLP9r1=",
        "pbkdf2_sha256$20000$seasalt$oBSd886ysm3AqYun62DOdin8YcfbU1z9cksZSuLP9r0",
        "$pbkdf2-sha1$1000$yMnKy8zNzs/Q0dLT1NXW1w$E/JsufyHhz39KHedJdwnNOr0cpL/IlkpGMC.3pce7qA",
        "$pbkdf2-sha256$i=1000,l=31$yMnKy8zNzs/Q0dLT1NXW1w$"
            + "E/JsufyHhz39KHedJdwnNOr0cpL/IlkpGMC+3pce7qA",
        "$pbkdf2-sha256$1000$$E/JsufyHhz39KHedJdwnNOr0cpL/IlkpGMC.3pce7qA",
        "$1$abcdefgh$3Eg8LYZKRbMGP0bNkYLSQ/",
        "$6$abcdefgh$yVfUwsw5T.JApa8POvClA1pQ5peiq97DUNyXCZN5IrF.BMSkiaLQ5kvpuEm/VQ1Tvh/KV2TcaWh8q"
            + "inoW5dhA1",
        "plaintext"
      })
  void othersAreRefusedByTypeAndNotQuoted(String stored) {
    String end = stored.substring(stored.length() - 8);

    assertThatExceptionOfType(UnreadablePasswordHashException.class)
        .isThrownBy(() -> passwords.matches(Password.of("correct horse"), stored))
        .withMessageNotContainingAny(end, "seasalt", "abcdefgh")
        .withNoCause();
  }
}
