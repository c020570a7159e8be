package com.techcorp.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.techcorp.messaging.Event;
import com.techcorp.messaging.EventStream;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class UserEventTest {
  private static final Instant AT = Instant.parse("2024-01-15T10:30:00Z");

  private final UUID user = UUID.randomUUID();
  private final UUID session = UUID.randomUUID();

  @Test
  void aChangedPasswordNamesTheSessionThatGoesOn() {
    Event event = UserEvent.passwordChanged(user, session).at(3).at(AT);

    assertThat(event.stream()).isEqualTo(new EventStream("user", user));
    assertThat(event.sequence()).isEqualTo(3);
    assertThat(event.payload())
        .hasToString(
            "{\"event\":\"user.password_changed\",\"event_id\":\""
                + event.id()
                + "\",\"version\":1,\"sequence\":3,\"user_id\":\""
                + user
                + "\",\"kept_session_id\":\""
                + session
                + "\",\"timestamp\":\"2024-01-15T10:30:00.000000Z\"}");
    assertThat(UserEvent.passwordChanged(user, null).facts().keySet()).containsExactly("user_id");
  }

  @Test
  void aDisabledUserIsNamed() {
    Event event = UserEvent.disabled(user).at(1).at(AT);

    assertThat(event.type()).isEqualTo("user.disabled");
    assertThat(event.payload().uuid("user_id")).isEqualTo(user);
    assertThat(event.payload().keySet())
        .containsExactly("event", "event_id", "version", "sequence", "user_id", "timestamp");
  }

  @Test
  void itIsOneOfAnOrderedStream() {
    assertThatExceptionOfType(IllegalArgumentException.class)
        .isThrownBy(() -> UserEvent.disabled(user).at(0));
    assertThat(UserEventType.routingKeys())
        .containsExactlyInAnyOrder("user.password_changed", "user.disabled");
  }

  @Test
  void theEventsOfASessionHaveNoOrder() {
    Event reused = SessionEvents.reuseDetected(user, session).at(AT);
    Event ended = SessionEvents.ended(user, session, SessionEndReason.LOGGED_OUT).at(AT);

    assertThat(reused.type()).isEqualTo("session.reuse_detected");
    assertThat(reused.payload().keySet())
        .containsExactly("event", "event_id", "version", "session_id", "user_id", "timestamp");
    assertThat(ended.type()).isEqualTo("session.ended");
    assertThat(ended.payload().text("reason")).isEqualTo("LOGGED_OUT");
    for (Event event : new Event[] {reused, ended}) {
      assertThat(event.stream()).isEqualTo(new EventStream("session", session));
      assertThat(event.isOrdered()).isFalse();
      assertThat(event.payload().uuid("session_id")).isEqualTo(session);
      assertThat(event.payload().uuid("user_id")).isEqualTo(user);
    }
  }
}
