package com.techcorp.auth.gateway;

import com.techcorp.error.InvalidInputException;
import com.techcorp.messaging.TraceContext.Trace;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Who sent a request, in which session, and by which ids it is found in logs. Immutable; its text
 * shows nobody.
 *
 * @param userId the user
 * @param email the user's e-mail address as it is stored, 1 to 320 characters, none of them a
 *     control character
 * @param sessionId the session
 * @param requestId the request's id in logs, 1 to 128 visible characters of ASCII
 * @param traceparent the trace that the request belongs to, as <a
 *     href="https://www.w3.org/TR/trace-context/">W3C Trace Context</a>, or null
 */
public record RequestContext(
    UUID userId, String email, UUID sessionId, String requestId, @Nullable String traceparent) {
  private static final int LONGEST_EMAIL = 320;
  private static final int LONGEST_REQUEST_ID = 128;

  /**
   * Refuses a null, and what no header may say.
   *
   * @throws InvalidInputException names the field; quotes no value
   */
  public RequestContext {
    Objects.requireNonNull(userId, "userId");
    Objects.requireNonNull(email, "email");
    Objects.requireNonNull(sessionId, "sessionId");
    Objects.requireNonNull(requestId, "requestId");
    require(
        !email.isBlank() && email.length() <= LONGEST_EMAIL,
        "email",
        "must have 1 to " + LONGEST_EMAIL + " characters");
    require(
        PercentEncoding.isEncodable(email) && email.chars().noneMatch(Character::isISOControl),
        "email",
        "must have no control character and no half of a surrogate pair");
    require(
        HeaderSyntax.isVisible(requestId) && requestId.length() <= LONGEST_REQUEST_ID,
        "requestId",
        "must have 1 to " + LONGEST_REQUEST_ID + " visible characters of ASCII");
    require(
        traceparent == null || new Trace(traceparent, null).wellFormed().isPresent(),
        "traceparent",
        "must be one of W3C Trace Context");
  }

  private static void require(boolean holds, String field, String problem) {
    if (!holds) {
      throw new InvalidInputException(field, problem);
    }
  }

  /**
   * Changes the request's id, for instance to the one that a load balancer gave.
   *
   * @param requestId 1 to 128 visible characters of ASCII
   * @return a changed copy
   * @throws InvalidInputException if it is no such text
   */
  public RequestContext withRequestId(String requestId) {
    return new RequestContext(userId, email, sessionId, requestId, traceparent);
  }

  /**
   * Changes the trace, for instance to the one that the gateway's own tracer began.
   *
   * @param traceparent as W3C Trace Context writes it, or null
   * @return a changed copy
   * @throws InvalidInputException if it is not well-formed
   */
  public RequestContext withTraceparent(@Nullable String traceparent) {
    return new RequestContext(userId, email, sessionId, requestId, traceparent);
  }

  /** Returns a description without user, address and session: it may end up in a log. */
  @Override
  public String toString() {
    return "RequestContext[***, requestId=" + requestId + ", traceparent=" + traceparent + "]";
  }
}
