package com.techcorp.auth.password;

import static com.techcorp.auth.password.TestPasswords.FAST;
import static com.techcorp.auth.password.TestPasswords.awaitUninterruptibly;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.techcorp.auth.Password;
import com.techcorp.auth.spi.PasswordMatch;
import com.techcorp.auth.spi.UnreadablePasswordHashException;
import com.techcorp.error.OverloadedException;
import com.techcorp.error.WiringException;
import java.lang.management.ManagementFactory;
import java.security.SecureRandom;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Hashes by Argon2id: their form, what matches, when they are replaced, what is refused. */
class Argon2PasswordsTest {
  private static final Password PASSWORD = Password.of("p\u00E4ssw\u00F6rd-\uD83D\uDD11");

  private final Argon2Passwords passwords = Argon2Passwords.of(FAST);

  @Test
  void theDefaultIsThatOfTheDocs() {
    // given
    Argon2Passwords byDefault = Argon2Passwords.of(PasswordOptions.DEFAULT);

    // when
    String hash = byDefault.hash(PASSWORD);

    // then
    assertThat(hash)
        .matches("\\$argon2id\\$v=19\\$m=19456,t=2,p=1\\$[A-Za-z0-9+/]{22}\\$[A-Za-z0-9+/]{43}");
    assertThat(byDefault.matches(PASSWORD, hash)).isEqualTo(PasswordMatch.MATCHES);
    assertThat(byDefault.matches(Password.of("another one"), hash))
        .isEqualTo(PasswordMatch.DIFFERS);
  }

  @Test
  void matchesWhatItHashedAndNothingThatIsNearIt() {
    // given
    long seed = new Random().nextLong();
    System.out.println("Argon2PasswordsTest: 300 passwords, seed " + seed);
    Random random = new Random(seed);

    for (int i = 0; i < 300; i++) {
      // when
      String text = text(random);
      String hash = passwords.hash(Password.of(text));

      // then
      assertThat(passwords.matches(Password.of(text), hash)).isEqualTo(PasswordMatch.MATCHES);
      for (String near : new String[] {text + " ", " " + text, text + "\0", "x" + text}) {
        assertThat(passwords.matches(Password.of(near), hash)).isEqualTo(PasswordMatch.DIFFERS);
      }
    }
  }

  @Test
  void theSameCharactersInAnotherFormAreAnotherPassword() {
    String composed = passwords.hash(Password.of("caf\u00E9 au lait"));

    assertThat(passwords.matches(Password.of("cafe\u0301 au lait"), composed))
        .isEqualTo(PasswordMatch.DIFFERS);
    assertThat(passwords.matches(Password.of("CAF\u00E9 AU LAIT"), composed))
        .isEqualTo(PasswordMatch.DIFFERS);
  }

  @Test
  void eachHashHasItsOwnSalt() {
    assertThat(passwords.hash(PASSWORD)).isNotEqualTo(passwords.hash(PASSWORD));
  }

  /** From the tests of the reference implementation. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc",
        "$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4",
        "$argon2id$v=19$m=256,t=2,p=2$c29tZXNhbHQ$bQk8UB/VmZZF4Oo79iDXuL5/0ttZwg2f/5U52iv1cDc"
      })
  void matchesWhatTheReferenceImplementationHashed(String hash) {
    assertThat(passwords.matches(Password.of("password"), hash))
        .as("its salt is short, so it is replaced")
        .isEqualTo(PasswordMatch.MATCHES_REPLACE);
    assertThat(passwords.matches(Password.of("passwore"), hash)).isEqualTo(PasswordMatch.DIFFERS);
  }

  @ParameterizedTest
  @CsvSource({
    "128, 2, 1,  MATCHES",
    "64,  2, 1,  MATCHES_REPLACE",
    "128, 1, 1,  MATCHES_REPLACE",
    "64,  1, 1,  MATCHES_REPLACE",
    "256, 2, 1,  MATCHES",
    "128, 3, 1,  MATCHES",
    "256, 1, 1,  MATCHES",
    "64,  3, 1,  MATCHES",
    "128, 2, 4,  MATCHES"
  })
  void aHashIsReplacedIfTheOptionsAreMoreWorkAndInNothingLess(
      int memory, int iterations, int parallelism, PasswordMatch match) {
    // given
    PasswordOptions stored =
        FAST.withMemory(memory).withIterations(iterations).withParallelism(parallelism);
    String hash = Argon2Passwords.of(stored).hash(PASSWORD);
    Argon2Passwords now = Argon2Passwords.of(FAST.withMemory(128).withIterations(2));

    // then
    assertThat(now.matches(PASSWORD, hash)).isEqualTo(match);
    assertThat(now.matches(Password.of("another"), hash)).isEqualTo(PasswordMatch.DIFFERS);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "\0",
        "secret",
        "$",
        "$argon2id$",
        "$argon2i$v=19$m=64,t=1,p=1$c29tZXNhbHRzYWx0c2FsdA$SALT",
        "$argon2d$v=19$m=64,t=1,p=1$SALT$HASH",
        "$argon2id$m=64,t=1,p=1$SALT$HASH",
        "$argon2id$v=16$m=64,t=1,p=1$SALT$HASH",
        "$argon2id$v=19$t=1,m=64,p=1$SALT$HASH",
        "$argon2id$v=19$m=064,t=1,p=1$SALT$HASH",
        "$argon2id$v=19$m=+64,t=1,p=1$SALT$HASH",
        "$argon2id$v=19$m=64,t=1$SALT$HASH",
        "$argon2id$v=19$m=64,t=1,p=1,keyid=x$SALT$HASH",
        "$argon2id$v=19$m=64,t=0,p=1$SALT$HASH",
        "$argon2id$v=19$m=64,t=17,p=1$SALT$HASH",
        "$argon2id$v=19$m=64,t=1,p=0$SALT$HASH",
        "$argon2id$v=19$m=65536,t=1,p=17$SALT$HASH",
        "$argon2id$v=19$m=15,t=1,p=2$SALT$HASH",
        "$argon2id$v=19$m=65537,t=1,p=1$SALT$HASH",
        "$argon2id$v=19$m=4194304,t=1,p=1$SALT$HASH",
        "$argon2id$v=19$m=4294967295,t=1,p=1$SALT$HASH",
        "$argon2id$v=19$m=99999999999999999999,t=1,p=1$SALT$HASH",
        "$argon2id$v=19$m=64,t=999999999,p=1$SALT$HASH",
        "$argon2id$v=19$m=64,t=1,p=1$$HASH",
        "$argon2id$v=19$m=64,t=1,p=1$SALT$",
        "$argon2id$v=19$m=64,t=1,p=1$SALT$HASH$",
        "$argon2id$v=19$m=64,t=1,p=1$SALT==$HASH",
        "$argon2id$v=19$m=64,t=1,p=1$SALT$HASH=",
        "$argon2id$v=19$m=64,t=1,p=1$SALT$HASH\n",
        " $argon2id$v=19$m=64,t=1,p=1$SALT$HASH",
        "$argon2id$v=19$m=64,t=1,p=1$AAAAAAAAAAAAAAAAAAAAAB$HASH",
        "$argon2id$v=19$m=64,t=1,p=1$SALT$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAB",
        "$argon2id$v=19$m=64,t=1,p=1$AAAA$HASH"
      })
  void whatIsNoHashIsRefusedByTypeAndNotQuoted(String form) {
    // given
    String salt = "c2FsdHNhbHRzYWx0c2FsdA";
    String tag = "cGxhbnRlZHBsYW50ZWRwbGFudGVkcGxhbnRlZHBsYW4";
    String stored = form.replace("SALT", salt).replace("HASH", tag);

    // then
    assertThatExceptionOfType(UnreadablePasswordHashException.class)
        .isThrownBy(() -> passwords.matches(PASSWORD, stored))
        .withMessageStartingWith("the stored password hash ")
        .withMessageNotContainingAny(salt, tag, "argon2id$", "secret")
        .withNoCause();
    assertThat(passwords.permits().free()).isEqualTo(2);
  }

  @Test
  void aLongTextIsNoHash() {
    assertThatExceptionOfType(UnreadablePasswordHashException.class)
        .isThrownBy(() -> passwords.matches(PASSWORD, "$argon2id$".repeat(100_000)))
        .withMessage("the stored password hash is longer than any that is accepted");
  }

  @Test
  void whatAStoredHashAsksForIsNotAllocatedBeforeItIsChecked() {
    // given
    String fourGib = "$argon2id$v=19$m=4194304,t=1,p=1$c2FsdHNhbHRzYWx0c2FsdA$" + "A".repeat(43);
    var memory = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = memory.getCurrentThreadAllocatedBytes();

    // when
    assertThatExceptionOfType(UnreadablePasswordHashException.class)
        .isThrownBy(() -> passwords.matches(PASSWORD, fourGib));

    // then
    assertThat(memory.getCurrentThreadAllocatedBytes() - before).isLessThan(10_000_000);
  }

  @Test
  @Tag("T59")
  void noPathWorksWithoutAPermit() throws InterruptedException {
    // given
    Argon2Passwords busy = Argon2Passwords.of(FAST.withPermits(1).withWaiting(0));
    String hash = busy.hash(PASSWORD);
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch end = new CountDownLatch(1);
    Thread caller =
        new Thread(
            () ->
                busy.permits()
                    .with(
                        memory -> {
                          begun.countDown();
                          awaitUninterruptibly(end);
                          return "done";
                        }));
    caller.start();
    begun.await();

    // then
    assertThatExceptionOfType(OverloadedException.class).isThrownBy(() -> busy.hash(PASSWORD));
    assertThatExceptionOfType(OverloadedException.class)
        .isThrownBy(() -> busy.matches(PASSWORD, hash));
    assertThatExceptionOfType(OverloadedException.class)
        .isThrownBy(() -> busy.matches(PASSWORD, "no hash"));
    assertThatExceptionOfType(OverloadedException.class)
        .isThrownBy(() -> busy.matchesNobody(PASSWORD));

    // when
    end.countDown();
    caller.join();

    // then
    busy.matchesNobody(PASSWORD);
    assertThat(busy.matches(PASSWORD, hash)).isEqualTo(PasswordMatch.MATCHES);
    assertThat(busy.permits().free()).isEqualTo(1);
  }

  @Test
  @Tag("T59")
  void aHashThatHasBegunGoesOnWhenItsCallerIsToldToStop() {
    // when
    String hash =
        passwords
            .permits()
            .with(
                memory -> {
                  Thread.currentThread().interrupt();
                  return Argon2Hash.of(PASSWORD.utf8(), FAST, new SecureRandom(), memory).text();
                });

    // then
    assertThat(Thread.interrupted()).as("it stays interrupted").isTrue();
    assertThat(passwords.matches(PASSWORD, hash)).isEqualTo(PasswordMatch.MATCHES);
    assertThat(passwords.permits().free()).isEqualTo(2);
  }

  @Test
  void optionsThatDoNotFitTogetherAreRefused() {
    assertThatExceptionOfType(WiringException.class)
        .isThrownBy(() -> Argon2Passwords.of(FAST.withMostMemory(63)))
        .withMessageContaining(
            "PasswordOptions.mostMemory must be at least PasswordOptions.memory");
    PasswordOptions three = FAST.withPermits(3).withMostMemory(40_000);
    Argon2Passwords.requireHeap(three, 240_000);
    assertThatExceptionOfType(WiringException.class)
        .isThrownBy(() -> Argon2Passwords.requireHeap(three, 239_998))
        .withMessageContaining("3 permits of 40000 KiB do not fit into half of the heap");
  }

  private static String text(Random random) {
    int length = 1 + random.nextInt(60);
    StringBuilder text = new StringBuilder();
    while (text.codePointCount(0, text.length()) < length) {
      int codePoint = random.nextInt(random.nextBoolean() ? 0x80 : Character.MAX_CODE_POINT + 1);
      if (codePoint < Character.MIN_SURROGATE || codePoint > Character.MAX_SURROGATE) {
        text.appendCodePoint(codePoint);
      }
    }
    return text.toString();
  }
}
