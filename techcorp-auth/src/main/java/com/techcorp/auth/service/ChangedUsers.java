package com.techcorp.auth.service;

import com.techcorp.auth.UserEventType;
import com.techcorp.auth.spi.UserDirectory;
import com.techcorp.messaging.Event;
import com.techcorp.messaging.Subscription;
import java.util.UUID;

/**
 * The consumer of users' events: it ends what the process that changed the user could not end. It
 * reads the user's row, so events that come late, twice or in another order do no harm.
 */
final class ChangedUsers {
  private static final String CONSUMER = "auth-sessions";

  private final UserDirectory users;
  private final SessionEndings endings;

  ChangedUsers(UserDirectory users, SessionEndings endings) {
    this.users = users;
    this.endings = endings;
  }

  Subscription subscription() {
    return new Subscription(CONSUMER, UserEventType.routingKeys(), this::handle);
  }

  private void handle(Event event) {
    UUID userId = event.payload().uuid("user_id");
    users.find(userId).ifPresent(endings::olderThanChange);
  }
}
