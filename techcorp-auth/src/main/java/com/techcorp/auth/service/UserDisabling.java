package com.techcorp.auth.service;

import com.techcorp.auth.SessionEndReason;
import com.techcorp.auth.User;
import com.techcorp.auth.UserEvent;
import com.techcorp.auth.UserStatus;
import com.techcorp.auth.spi.UserDirectory;
import com.techcorp.error.UnavailableException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;

/** Disables users: first the row, with its event, then the sessions. */
final class UserDisabling {
  /** How often somebody else may change the user in between. */
  private static final int TRIES = 5;

  private final UserDirectory users;
  private final SessionEndings endings;
  private final AuthEvents events;
  private final InstantSource clock;

  UserDisabling(
      UserDirectory users, SessionEndings endings, AuthEvents events, InstantSource clock) {
    this.users = users;
    this.endings = endings;
    this.events = events;
    this.clock = clock;
  }

  /** Returns false if there is no such user. Of a disabled user it ends what is left. */
  boolean disable(UUID userId) {
    for (int i = 0; i < TRIES; i++) {
      Optional<User> found = users.find(userId);
      if (found.isEmpty()) {
        return false;
      }
      User user = found.get();
      User disabled = user.withStatus(UserStatus.DISABLED).endingSessionsBefore(now());
      if (user.status() == UserStatus.DISABLED
          || users.change(user, disabled, events.with(UserEvent.disabled(userId)))) {
        endings.allAfterChange(disabled, SessionEndReason.USER_DISABLED);
        return true;
      }
    }
    throw new UnavailableException("the user is changed by others all the time: try again");
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }
}
