package com.techcorp.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import com.techcorp.auth.User;
import com.techcorp.auth.UserEvent;
import com.techcorp.auth.UserEventType;
import com.techcorp.messaging.Event;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * The events of a user are published exactly if the change was made, and count without a gap. A
 * directory that publishes none makes the same changes.
 */
public abstract class UserEventsContract extends UserDirectoryScenario {
  private static final String PASSWORD_CHANGED = UserEventType.PASSWORD_CHANGED.routingKey();
  private static final String DISABLED = UserEventType.DISABLED.routingKey();
  private static final int CHANGERS = 16;

  /** For subclasses. */
  protected UserEventsContract() {}

  /** The types of a user's events in sequence, which must count from 1. */
  private List<String> typesOf(User user) {
    List<Event> events =
        adapter().events().stream()
            .filter(event -> event.stream().equals(UserEventType.streamOf(user.id())))
            .toList();
    assertThat(events)
        .extracting(Event::sequence)
        .containsExactlyElementsOf(IntStream.rangeClosed(1, events.size()).boxed().toList());
    return events.stream().map(Event::type).toList();
  }

  private List<String> published(String... types) {
    return users().publishes() ? List.of(types) : List.of();
  }

  @Test
  void theyAreWrittenWithTheChange() {
    User ada = ada();
    User bob = user("bob@example.com", "bob@example.com");
    users().add(bob);
    User changed = withHash(ada, OTHER_HASH);
    UUID kept = UUID.randomUUID();

    assertThat(users().change(ada, changed, List.of(UserEvent.passwordChanged(ada.id(), kept))))
        .isTrue();
    assertThat(users().change(bob, disabled(bob), List.of(UserEvent.disabled(bob.id())))).isTrue();
    assertThat(users().change(changed, disabled(changed), List.of(UserEvent.disabled(ada.id()))))
        .isTrue();

    assertThat(typesOf(ada)).isEqualTo(published(PASSWORD_CHANGED, DISABLED));
    assertThat(typesOf(bob)).isEqualTo(published(DISABLED));
    assertThat(adapter().events())
        .allSatisfy(
            event -> {
              assertThat(event.payload().uuid("user_id")).isEqualTo(event.stream().id());
              assertThat(event.payload().number("sequence")).isEqualTo(event.sequence());
              assertThat(event.payload().uuid("event_id")).isEqualTo(event.id());
              assertThat(event.payload().text("timestamp")).endsWith("Z");
              assertThat(event.json()).doesNotContain("argon2", "@");
            })
        .filteredOn(event -> event.type().equals(PASSWORD_CHANGED))
        .allSatisfy(event -> assertThat(event.payload().uuid("kept_session_id")).isEqualTo(kept));
  }

  @Test
  void severalOfOneChangeComeOneAfterTheOther() {
    User ada = ada();

    users()
        .change(
            ada,
            disabled(withHash(ada, OTHER_HASH)),
            List.of(UserEvent.passwordChanged(ada.id(), null), UserEvent.disabled(ada.id())));

    assertThat(typesOf(ada)).isEqualTo(published(PASSWORD_CHANGED, DISABLED));
  }

  @Test
  void aChangeThatIsNotMadeHasNone() {
    User ada = ada();
    User changed = withHash(ada, OTHER_HASH);
    users().change(ada, changed, List.of());

    assertThat(users().change(ada, disabled(ada), List.of(UserEvent.disabled(ada.id())))).isFalse();

    assertThat(typesOf(ada)).isEmpty();
    users().change(changed, disabled(changed), List.of(UserEvent.disabled(ada.id())));
    assertThat(typesOf(ada)).isEqualTo(published(DISABLED));
  }

  @Test
  void aNewUserAndAChangeWithoutOneHaveNone() {
    User ada = ada();

    users().change(ada, withHash(ada, OTHER_HASH), List.of());

    assertThat(adapter().events()).isEmpty();
  }

  @Test
  @DisplayName("of 16 who change a user until each has done so, the events count from 1 to 16")
  void theyCountWithoutAGapHoweverManyChangeOneUser() throws Exception {
    User ada = ada();

    Threads.together(
        CHANGERS,
        i ->
            () -> {
              while (true) {
                User before = users().find(ada.id()).orElseThrow();
                List<UserEvent> events = List.of(UserEvent.passwordChanged(ada.id(), null));
                if (users().change(before, withHash(before, HASH + i), events)) {
                  return true;
                }
              }
            });

    assertThat(typesOf(ada))
        .hasSize(users().publishes() ? CHANGERS : 0)
        .allMatch(PASSWORD_CHANGED::equals);
  }
}
