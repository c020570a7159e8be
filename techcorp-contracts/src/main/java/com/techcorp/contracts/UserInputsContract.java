package com.techcorp.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.techcorp.auth.User;
import com.techcorp.auth.UserEvent;
import com.techcorp.auth.UserStatus;
import com.techcorp.auth.spi.UserRules;
import com.techcorp.error.InvalidInputException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What cannot be kept is refused by the field's name, without the value, and leaves nothing. */
public abstract class UserInputsContract extends UserDirectoryScenario {
  private static final String SECRET = "hunter2";

  /** For subclasses. */
  protected UserInputsContract() {}

  /** A text, with a name that can be printed. */
  record Hostile(String what, String text) {
    @Override
    public String toString() {
      return what;
    }
  }

  static Stream<Hostile> hostile() {
    return Stream.of(
        new Hostile("empty", ""),
        new Hostile("blank", " \t"),
        new Hostile("NUL", SECRET + "\0"),
        new Hostile("first half of a surrogate pair", SECRET + "\uD83D"),
        new Hostile("second half of a surrogate pair", "\uDC0D" + SECRET),
        new Hostile("1 MB", SECRET.repeat((1 << 20) / SECRET.length())));
  }

  @ParameterizedTest
  @MethodSource("hostile")
  void aTextThatCannotBeKeptIsRefused(Hostile hostile) {
    User ada = ada();
    String text = hostile.text();

    refused("canonical_email", () -> users().findByEmail(text));
    refused("email", () -> users().add(user(text, "new")));
    refused("canonical_email", () -> users().add(user("new", text)));
    refused("password_hash", () -> users().add(withHash(user("new", "new"), text)));
    refused("password_hash", () -> users().change(ada, withHash(ada, text), List.of()));

    assertThat(users().findByEmail("new")).isEmpty();
    assertThat(users().find(ada.id())).contains(ada);
  }

  @Test
  @SuppressWarnings("NullAway") // a caller that was compiled without null checks
  void aNullIsRefused() {
    User ada = ada();

    refused("canonical_email", () -> users().findByEmail(null));
    refused("user_id", () -> users().find(null));
    refused("user", () -> users().add(null));
    refused("user", () -> users().change(null, ada, List.of()));
    refused("user", () -> users().change(ada, null, List.of()));
    refused("events", () -> users().change(ada, disabled(ada), null));

    assertThat(users().find(ada.id())).contains(ada);
  }

  @Test
  void theLongestTextsAreKept() {
    String letter = "\uD83D\uDC0D";
    User user =
        withHash(
            user(
                letter.repeat(UserRules.LONGEST_EMAIL / 2),
                letter.repeat(UserRules.LONGEST_CANONICAL_EMAIL / 2)),
            "h".repeat(UserRules.LONGEST_PASSWORD_HASH));

    assertThat(users().add(user)).isTrue();

    assertThat(users().findByEmail(user.canonicalEmail())).contains(user);
    refused("email", () -> users().add(user("e".repeat(UserRules.LONGEST_EMAIL + 1), "new")));
    refused("canonical_email", () -> users().findByEmail(user.canonicalEmail() + "e"));
    refused(
        "password_hash",
        () -> users().change(user, withHash(user, user.passwordHash() + "h"), List.of()));
  }

  @ParameterizedTest
  @MethodSource("outOfRange")
  void aTimeThatCannotBeKeptIsRefused(Instant time) {
    User ada = ada();
    UUID id = UUID.randomUUID();

    refused(
        "created_at",
        () -> users().add(new User(id, "b", "b", HASH, UserStatus.ACTIVE, CREATED, time)));
    refused(
        "sessions_valid_after",
        () -> users().add(new User(id, "b", "b", HASH, UserStatus.ACTIVE, time, CREATED)));
    refused("sessions_valid_after", () -> users().change(ada, validAfter(ada, time), List.of()));

    assertThat(users().find(id)).isEmpty();
  }

  static Stream<Instant> outOfRange() {
    return Stream.of(
        Instant.MIN,
        Instant.MAX,
        Instant.EPOCH.minusNanos(1),
        Instant.parse("+10000-01-01T00:00:00Z"));
  }

  @Test
  void aChangeKeepsWhoTheUserIs() {
    User ada = ada();
    User bob = user("Ada@Example.com", EMAIL);
    UserEvent ofAnother = UserEvent.disabled(bob.id());

    refused("user_id", () -> users().change(ada, bob, List.of()));
    refused("email", () -> users().change(ada, as(ada, "x", EMAIL, CREATED), List.of()));
    refused(
        "canonical_email",
        () -> users().change(ada, as(ada, ada.email(), "x", CREATED), List.of()));
    refused(
        "created_at",
        () -> users().change(ada, as(ada, ada.email(), EMAIL, Instant.EPOCH), List.of()));
    refused("events", () -> users().change(ada, disabled(ada), List.of(ofAnother)));

    assertThat(users().find(ada.id())).contains(ada);
    assertThat(adapter().events()).isEmpty();
  }

  private static User as(User user, String email, String canonicalEmail, Instant createdAt) {
    return new User(
        user.id(),
        email,
        canonicalEmail,
        user.passwordHash(),
        user.status(),
        user.sessionsValidAfter(),
        createdAt);
  }

  private static void refused(String field, ThrowingCallable call) {
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(call)
        .satisfies(refusal -> assertThat(refusal.field()).isEqualTo(field))
        .withMessageStartingWith(field + ": ")
        .withMessageNotContaining(SECRET)
        .satisfies(refusal -> assertThat(refusal.getMessage()).hasSizeLessThan(200))
        .withNoCause();
  }
}
