package com.techcorp.auth;

import com.techcorp.json.JsonObject;
import com.techcorp.messaging.OutboxEffect;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What happened to a user, before its place in the user's stream is known: the directory that
 * writes the change counts the events of a user. Holds ids only.
 *
 * @param userId the user
 * @param type what happened
 * @param facts what the event says beside its envelope
 */
public record UserEvent(UUID userId, UserEventType type, JsonObject facts) {
  private static final String USER = "user_id";
  private static final String KEPT_SESSION = "kept_session_id";

  /** Refuses a null. */
  public UserEvent {
    Objects.requireNonNull(userId, "userId");
    Objects.requireNonNull(type, "type");
    Objects.requireNonNull(facts, "facts");
  }

  /**
   * Returns the event of a changed password.
   *
   * @param userId the user
   * @param keptSession the session that goes on, in which the password was changed; null: all end
   * @return the event
   */
  public static UserEvent passwordChanged(UUID userId, @Nullable UUID keptSession) {
    JsonObject.Builder facts = JsonObject.builder().put(USER, userId);
    if (keptSession != null) {
      facts.put(KEPT_SESSION, keptSession);
    }
    return new UserEvent(userId, UserEventType.PASSWORD_CHANGED, facts.build());
  }

  /**
   * Returns the event of a user who was disabled.
   *
   * @param userId the user
   * @return the event
   */
  public static UserEvent disabled(UUID userId) {
    JsonObject facts = JsonObject.builder().put(USER, userId).build();
    return new UserEvent(userId, UserEventType.DISABLED, facts);
  }

  /**
   * Returns what to write to the outbox, in the transaction of the change.
   *
   * @param sequence the event's place among the user's events, from 1, without a gap
   * @return the event to publish; each call gives a new one
   */
  public OutboxEffect.Publish at(int sequence) {
    return OutboxEffect.Publish.ordered(
        UserEventType.streamOf(userId), sequence, type.routingKey(), facts);
  }
}
