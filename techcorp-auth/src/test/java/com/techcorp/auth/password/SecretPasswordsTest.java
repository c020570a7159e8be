package com.techcorp.auth.password;

import static com.techcorp.auth.password.TestPasswords.FAST;
import static org.assertj.core.api.Assertions.assertThat;

import com.techcorp.auth.Password;
import com.techcorp.error.TechCorpException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A planted password and its hash are in no text that anything here makes. */
class SecretPasswordsTest {
  private static final String PLANTED = "pl4nted-Passw0rd";

  @Test
  void appearInNoExceptionAndNoText() {
    // given
    Argon2Passwords passwords = Argon2Passwords.of(FAST.withPermits(1).withWaiting(0));
    Password password = Password.of(PLANTED);
    String hash = passwords.hash(password);
    List<String> texts = new ArrayList<>();

    // when everything fails that can
    texts.add(thrown(() -> Password.of(PLANTED + "\uD800")));
    texts.add(thrown(() -> Password.of("newPassword", PLANTED.repeat(100))));
    texts.add(thrown(() -> passwords.matches(password, hash + "!")));
    texts.add(thrown(() -> passwords.matches(password, hash.replace("m=64", "m=1"))));
    texts.add(thrown(() -> passwords.matches(password, hash.repeat(100))));
    texts.add(thrown(() -> passwords.matches(password, PLANTED)));
    texts.add(thrown(() -> passwords.permits().with(memory -> passwords.hash(password))));
    Thread.currentThread().interrupt();
    texts.add(thrown(() -> passwords.hash(password)));
    assertThat(Thread.interrupted()).isTrue();

    // when everything is shown
    texts.add(password.toString());
    texts.add(passwords.toString());
    texts.add(StoredHashes.read(hash, FAST).toString());
    texts.add(passwords.matches(password, hash).toString());
    texts.add(PasswordPolicy.refusal(password).toString());

    // then
    String salt = hash.split("\\$")[4];
    String tag = hash.split("\\$")[5];
    assertThat(texts).noneMatch(text -> text.contains(PLANTED));
    assertThat(texts).noneMatch(text -> text.contains(salt) || text.contains(tag));
  }

  private static String thrown(Runnable call) {
    try {
      call.run();
    } catch (TechCorpException e) {
      StringWriter text = new StringWriter();
      e.printStackTrace(new PrintWriter(text));
      return text.toString();
    }
    throw new AssertionError("nothing was thrown");
  }
}
