package com.techcorp.auth.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.techcorp.auth.User;
import com.techcorp.auth.UserStatus;
import com.techcorp.error.InvalidInputException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The contracts of directories show the rest. */
class UserRulesTest {
  private static final Instant NOW = Instant.parse("2024-01-15T10:30:00.123456Z");

  @Test
  void aRowThatSomebodyElseWroteCanStillBeDisabled() {
    // given texts that no directory would add
    User odd = user("x".repeat(5_000), "", UserStatus.ACTIVE);

    // then
    assertThat(UserRules.changed(odd, user(odd.email(), "", UserStatus.DISABLED), List.of()))
        .extracting(User::status)
        .isEqualTo(UserStatus.DISABLED);
    assertThatExceptionOfType(InvalidInputException.class).isThrownBy(() -> UserRules.added(odd));
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(
            () -> UserRules.changed(odd, user(odd.email(), "\0", UserStatus.ACTIVE), List.of()))
        .withMessage("password_hash: must not hold NUL or half a surrogate pair");
  }

  private final UUID id = UUID.randomUUID();

  private User user(String email, String hash, UserStatus status) {
    return new User(id, email, email, hash, status, NOW, NOW);
  }

  @Test
  void aUserShowsNeitherAddressNorHash() {
    User user = user("planted@example.com", "planted-hash", UserStatus.ACTIVE);

    assertThat(user).asString().contains(id.toString()).doesNotContain("planted");
  }
}
