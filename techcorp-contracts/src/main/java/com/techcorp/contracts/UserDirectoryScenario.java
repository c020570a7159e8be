package com.techcorp.contracts;

import com.techcorp.auth.User;
import com.techcorp.auth.UserStatus;
import com.techcorp.auth.spi.UserDirectory;
import java.time.Instant;
import java.util.UUID;

/** A user in a directory, in short words. */
public abstract class UserDirectoryScenario extends Contract<UserDirectoryUnderTest> {
  static final Instant CREATED = Instant.parse("2024-01-15T10:30:00.123456Z");
  static final String EMAIL = "ada@example.com";
  static final String HASH =
      "$argon2id$v=19$m=19456,t=2,p=1$c2FsdHNhbHRzYWx0c2E$aGFzaGhhc2hoYXNoaGFzaGhhc2hoYXNoaGFzaGhhc2g";
  static final String OTHER_HASH = HASH.replace("m=19456", "m=65536");

  /** For subclasses. */
  protected UserDirectoryScenario() {}

  final UserDirectory users() {
    return adapter().users();
  }

  static User user(String email, String canonicalEmail) {
    return new User(
        UUID.randomUUID(), email, canonicalEmail, HASH, UserStatus.ACTIVE, CREATED, CREATED);
  }

  /** A user who is in the directory. */
  final User ada() {
    User ada = user("Ada@Example.com", EMAIL);
    users().add(ada);
    return ada;
  }

  static User with(User user, String hash, UserStatus status, Instant sessionsValidAfter) {
    return new User(
        user.id(),
        user.email(),
        user.canonicalEmail(),
        hash,
        status,
        sessionsValidAfter,
        user.createdAt());
  }

  static User withHash(User user, String hash) {
    return with(user, hash, user.status(), user.sessionsValidAfter());
  }

  static User disabled(User user) {
    return with(user, user.passwordHash(), UserStatus.DISABLED, user.sessionsValidAfter());
  }

  static User validAfter(User user, Instant time) {
    return with(user, user.passwordHash(), user.status(), time);
  }
}
