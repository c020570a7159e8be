package com.techcorp.auth;

import com.techcorp.messaging.EventStream;
import java.util.Arrays;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/** The types of a user's events. The events of one user are an ordered stream. */
public enum UserEventType {
  /** The user has another password; the other sessions end. */
  PASSWORD_CHANGED("user.password_changed"),
  /** The user may not log in any more; all sessions end. */
  DISABLED("user.disabled");

  /** The type of the {@link EventStream} that a user's events are. */
  public static final String STREAM = "user";

  private static final Set<String> ROUTING_KEYS =
      Arrays.stream(values())
          .map(UserEventType::routingKey)
          .collect(Collectors.toUnmodifiableSet());

  private final String routingKey;

  UserEventType(String routingKey) {
    this.routingKey = routingKey;
  }

  /**
   * Returns the routing key under which it is published.
   *
   * @return such as {@code user.disabled}
   */
  public String routingKey() {
    return routingKey;
  }

  /**
   * Returns the stream of a user's events, which is ordered.
   *
   * @param userId the user
   * @return the stream
   */
  public static EventStream streamOf(UUID userId) {
    return new EventStream(STREAM, userId);
  }

  /**
   * Returns all routing keys of a user's events. A user's events count without a gap only over all
   * of them.
   *
   * @return the routing keys
   */
  public static Set<String> routingKeys() {
    return ROUTING_KEYS;
  }
}
