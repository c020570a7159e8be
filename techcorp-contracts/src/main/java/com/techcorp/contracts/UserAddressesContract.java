package com.techcorp.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import com.techcorp.auth.User;
import com.techcorp.auth.UserStatus;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Users are found by id and by address, and an address belongs to one user. */
public abstract class UserAddressesContract extends UserDirectoryScenario {
  private static final int CLAIMANTS = 64;

  /** For subclasses. */
  protected UserAddressesContract() {}

  @Test
  void aUserIsFoundByIdAndByCanonicalAddress() {
    User ada = ada();
    User bob = user("bob@example.com", "bob@example.com");

    assertThat(users().add(bob)).isTrue();

    assertThat(users().find(ada.id())).contains(ada);
    assertThat(users().findByEmail(EMAIL)).contains(ada);
    assertThat(users().find(bob.id())).contains(bob);
    assertThat(users().findByEmail("bob@example.com")).contains(bob);
    assertThat(users().find(UUID.randomUUID())).isEmpty();
    assertThat(users().findByEmail("eve@example.com")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"Zoë@example.com", "用户@例子.中国", "\uD83D\uDC0D@example.com", "o'neil%_\\@x"})
  void theSpellingComesBackAsItWasGiven(String spelling) {
    User user = user(spelling, "canonical:" + spelling);

    assertThat(users().add(user)).isTrue();

    assertThat(users().findByEmail("canonical:" + spelling)).contains(user);
  }

  /** Which spellings are one address is decided by who makes the canonical form, not here. */
  @ParameterizedTest
  @ValueSource(
      strings = {"Ada@example.com", "ada@example.com ", "ada@EXAMPLE.com", "a%@example.com"})
  void anAddressIsComparedAsItIs(String other) {
    ada();

    assertThat(users().findByEmail(other)).isEmpty();
    assertThat(users().add(user(other, other))).isTrue();
  }

  @Test
  @Tag("T60")
  @DisplayName("T60 an address that another spelling has already is not added")
  void aSecondUserOfAnAddressIsNotAdded() {
    User ada = ada();
    User second = user("ADA@EXAMPLE.COM", EMAIL);

    assertThat(users().add(second)).isFalse();

    assertThat(users().find(second.id())).isEmpty();
    assertThat(users().findByEmail(EMAIL)).contains(ada);
  }

  @Test
  void aSecondUserOfAnIdIsNotAdded() {
    User ada = ada();
    User second =
        new User(ada.id(), "b@example.com", "b@x", HASH, UserStatus.ACTIVE, CREATED, CREATED);

    assertThat(users().add(second)).isFalse();

    assertThat(users().find(ada.id())).contains(ada);
    assertThat(users().findByEmail("b@x")).isEmpty();
  }

  @Test
  @DisplayName("of 64 who take one address at once, one gets it")
  void ofManyWhoTakeOneAddressAtOnceOneGetsIt() throws Exception {
    List<User> claimants =
        IntStream.range(0, CLAIMANTS).mapToObj(i -> user("ada+" + i, EMAIL)).toList();

    List<Boolean> added = Threads.together(CLAIMANTS, i -> () -> users().add(claimants.get(i)));

    assertThat(added).filteredOn(one -> one).hasSize(1);
    User owner = claimants.get(added.indexOf(true));
    assertThat(users().findByEmail(EMAIL)).contains(owner);
    assertThat(claimants)
        .filteredOn(claimant -> users().find(claimant.id()).isPresent())
        .containsExactly(owner);
  }

  @Test
  void timesAreKeptInMicroseconds() {
    Instant nanos = CREATED.plusNanos(999);
    User user = new User(UUID.randomUUID(), "a", "a", HASH, UserStatus.DISABLED, nanos, nanos);

    users().add(user);

    User read = users().find(user.id()).orElseThrow();
    assertThat(read.createdAt()).isEqualTo(CREATED);
    assertThat(read.sessionsValidAfter()).isEqualTo(CREATED);
    assertThat(read.status()).isEqualTo(UserStatus.DISABLED);
  }
}
