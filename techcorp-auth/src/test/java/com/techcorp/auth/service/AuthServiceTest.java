package com.techcorp.auth.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import com.techcorp.auth.memory.MemoryLoginLimits;
import com.techcorp.auth.memory.MemoryRevocations;
import com.techcorp.auth.memory.MemorySessionStore;
import com.techcorp.auth.password.Argon2Passwords;
import com.techcorp.auth.token.AccessTokens;
import com.techcorp.auth.token.SigningKey;
import com.techcorp.auth.token.TokenKeys;
import com.techcorp.error.WiringException;
import com.techcorp.testkit.MemoryStorage;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AuthServiceTest {
  private static final TokenKeys KEYS = TokenKeys.of(SigningKey.generate());

  private final MemoryStorage storage = MemoryStorage.create();
  private final Map<String, UnaryOperator<AuthService.Builder>> setters = new LinkedHashMap<>();

  AuthServiceTest() {
    setters.put("users", builder -> builder.users(storage.users()));
    setters.put("sessions", builder -> builder.sessions(MemorySessionStore.create()));
    setters.put("tokens", builder -> builder.tokens(AccessTokens.of(KEYS)));
    setters.put("passwords", builder -> builder.passwords(Argon2Passwords.of(AuthTestBed.CHEAP)));
    setters.put("revocations", builder -> builder.revocations(MemoryRevocations.create()));
    setters.put("limits", builder -> builder.limits(MemoryLoginLimits.create()));
    setters.put("refreshKeys", builder -> builder.refreshKeys(AuthTestBed.KEY));
    setters.put("storage", builder -> builder.storage(storage));
  }

  private AuthService.Builder builder(String without) {
    AuthService.Builder builder = AuthService.builder();
    for (Map.Entry<String, UnaryOperator<AuthService.Builder>> setter : setters.entrySet()) {
      builder = setter.getKey().equals(without) ? builder : setter.getValue().apply(builder);
    }
    return builder;
  }

  @Test
  void withEverythingItStarts() {
    // when
    AuthService service = builder("nothing").start();

    // then
    assertThat(service.authenticator()).isNotNull();
    assertThat(service.subscription().consumer()).isEqualTo("auth-sessions");
    assertThat(service).hasToString("AuthService");
  }

  @Test
  void withoutAStorageItStartsToo() {
    assertThat(builder("storage").start()).isNotNull();
  }

  @ParameterizedTest
  @CsvSource({"users", "sessions", "tokens", "passwords", "revocations", "limits", "refreshKeys"})
  void whatIsMissingIsNamedByItsSetter(String part) {
    assertThatExceptionOfType(WiringException.class)
        .isThrownBy(() -> builder(part).start())
        .withMessageStartingWith("no ")
        .withMessageContaining("builder()." + part + "(");
  }

  @ParameterizedTest
  @CsvSource({
    "users",
    "sessions",
    "tokens",
    "passwords",
    "revocations",
    "limits",
    "refreshKeys",
    "storage"
  })
  void whatIsGivenTwiceIsNamedByItsSetter(String part) {
    // given
    AuthService.Builder builder = builder("nothing");

    // then
    assertThatExceptionOfType(WiringException.class)
        .isThrownBy(() -> setters.get(part).apply(builder))
        .withMessageStartingWith(part + " was given t");
  }

  @Test
  void aNullIsRefusedByItsName() {
    assertThatNullPointerException()
        .isThrownBy(() -> AuthService.builder().users(null))
        .withMessage("users");
    assertThatNullPointerException()
        .isThrownBy(() -> AuthService.builder().options(null))
        .withMessage("options");
  }

  @Test
  void aShortKeyIsRefusedAndNotShown() {
    assertThatExceptionOfType(WiringException.class)
        .isThrownBy(() -> builder("refreshKeys").refreshKeys(new byte[31]).start())
        .withMessageContaining("at least 32 bytes, has 31");
  }

  @Test
  void theSameKeyTwiceIsRefused() {
    assertThatExceptionOfType(WiringException.class)
        .isThrownBy(
            () ->
                builder("refreshKeys")
                    .refreshKeys(AuthTestBed.KEY, AuthTestBed.KEY.clone())
                    .start())
        .withMessageContaining("are the same");
  }
}
