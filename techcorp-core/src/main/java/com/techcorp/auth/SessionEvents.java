package com.techcorp.auth;

import com.techcorp.json.JsonObject;
import com.techcorp.messaging.EventStream;
import com.techcorp.messaging.OutboxEffect;
import java.util.UUID;

/**
 * Builds the events of sessions. They hold ids only. The events of a session have no order: none of
 * them waits for another. A session that expires has no event.
 */
public final class SessionEvents {
  /** The type and routing key of {@link #reuseDetected}. */
  public static final String REUSE_DETECTED = "session.reuse_detected";

  /** The type and routing key of {@link #ended}. */
  public static final String ENDED = "session.ended";

  /** The type of a session's {@link EventStream}. */
  public static final String STREAM = "session";

  private SessionEvents() {}

  /**
   * Returns the event of a refresh token that was used a second time. {@link #ended} tells that the
   * session has ended for it.
   *
   * @param userId the session's user
   * @param sessionId the session
   * @return what to commit; each call gives a new event
   */
  public static OutboxEffect.Publish reuseDetected(UUID userId, UUID sessionId) {
    return unordered(sessionId, REUSE_DETECTED, facts(userId, sessionId).build());
  }

  /**
   * Returns the event of a session that has ended before its time.
   *
   * @param userId the session's user
   * @param sessionId the session
   * @param reason why it ended
   * @return what to commit; each call gives a new event
   */
  public static OutboxEffect.Publish ended(UUID userId, UUID sessionId, SessionEndReason reason) {
    return unordered(
        sessionId, ENDED, facts(userId, sessionId).put("reason", reason.name()).build());
  }

  private static JsonObject.Builder facts(UUID userId, UUID sessionId) {
    return JsonObject.builder().put("session_id", sessionId).put("user_id", userId);
  }

  private static OutboxEffect.Publish unordered(UUID sessionId, String type, JsonObject facts) {
    return OutboxEffect.Publish.unordered(new EventStream(STREAM, sessionId), type, facts);
  }
}
