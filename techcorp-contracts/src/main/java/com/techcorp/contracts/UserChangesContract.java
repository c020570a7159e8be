package com.techcorp.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import com.techcorp.auth.User;
import com.techcorp.auth.UserStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A change is made if nobody else changed the user since it was read. */
public abstract class UserChangesContract extends UserDirectoryScenario {
  private static final Instant LATER = CREATED.plus(Duration.ofDays(1));
  private static final int CHANGERS = 64;

  /** For subclasses. */
  protected UserChangesContract() {}

  /** A change of one column, and of all. */
  record Change(String what, UnaryOperator<User> of) {
    @Override
    public String toString() {
      return what;
    }
  }

  static Stream<Change> changes() {
    return Stream.of(
        new Change("password", user -> withHash(user, OTHER_HASH)),
        new Change("status", user -> disabled(user)),
        new Change("sessionsValidAfter", user -> validAfter(user, LATER)),
        new Change("all", user -> with(user, OTHER_HASH, UserStatus.DISABLED, LATER)));
  }

  @ParameterizedTest
  @MethodSource("changes")
  void aChangeIsMade(Change change) {
    User ada = ada();
    User bob = user("bob@example.com", "bob@example.com");
    users().add(bob);
    User changed = change.of().apply(ada);

    assertThat(users().change(ada, changed, List.of())).isTrue();

    assertThat(users().find(ada.id())).contains(changed);
    assertThat(users().findByEmail(EMAIL)).contains(changed);
    assertThat(users().find(bob.id())).contains(bob);
  }

  @ParameterizedTest
  @MethodSource("changes")
  void aChangeIsNotMadeIfSomebodyElseChangedTheUser(Change change) {
    User ada = ada();
    User changed = change.of().apply(ada);
    users().change(ada, changed, List.of());

    assertThat(users().change(ada, withHash(ada, HASH + "x"), List.of())).isFalse();

    assertThat(users().find(ada.id())).contains(changed);
  }

  @Test
  void aUserWhoIsNotThereIsNotChanged() {
    User nobody = user("nobody", "nobody");

    assertThat(users().change(nobody, disabled(nobody), List.of())).isFalse();

    assertThat(users().find(nobody.id())).isEmpty();
  }

  @Test
  void aUserAsItWasAddedCanBeChangedAlsoIfItsTimesHaveNanoseconds() {
    Instant nanos = CREATED.plusNanos(999);
    User added = new User(UUID.randomUUID(), "a", "a", HASH, UserStatus.ACTIVE, nanos, nanos);
    users().add(added);

    assertThat(users().change(added, disabled(added), List.of())).isTrue();

    assertThat(users().find(added.id()))
        .get()
        .extracting(User::status)
        .isEqualTo(UserStatus.DISABLED);
  }

  @Test
  @DisplayName("of 64 who change one user at once, one does")
  void ofManyWhoChangeOneUserAtOnceOneDoes() throws Exception {
    User ada = ada();

    List<Boolean> changed =
        Threads.together(
            CHANGERS, i -> () -> users().change(ada, withHash(ada, HASH + i), List.of()));

    assertThat(changed).filteredOn(one -> one).hasSize(1);
    assertThat(users().find(ada.id())).contains(withHash(ada, HASH + changed.indexOf(true)));
  }
}
