package com.techcorp.auth.service;

import com.techcorp.auth.EmailAddress;
import com.techcorp.auth.Password;
import com.techcorp.auth.PasswordChange;
import com.techcorp.auth.PasswordChangeResult;
import com.techcorp.auth.PasswordRefusal;
import com.techcorp.auth.Session;
import com.techcorp.auth.SessionEndReason;
import com.techcorp.auth.TokenClaims;
import com.techcorp.auth.User;
import com.techcorp.auth.UserEvent;
import com.techcorp.auth.password.PasswordPolicy;
import com.techcorp.auth.service.LoginAttempts.Admission;
import com.techcorp.auth.service.LoginAttempts.Attempt;
import com.techcorp.auth.spi.SessionEpoch;
import com.techcorp.auth.spi.SessionStore;
import com.techcorp.auth.spi.UserDirectory;
import com.techcorp.error.UnavailableException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A change of the password, step by step: the limits, the old password, the user's row with its
 * event, the end of all sessions, a new session. The row comes before the sessions: what it says
 * holds whatever becomes of the rest, and the event ends the sessions if this process cannot.
 */
final class PasswordChangeFlow {
  /** How often somebody else may change the user in between. */
  private static final int TRIES = 5;

  private final UserDirectory users;
  private final SessionStore sessions;
  private final LoginAttempts attempts;
  private final PasswordCheck passwords;
  private final NewSessions newSessions;
  private final SessionEndings endings;
  private final AuthEvents events;
  private final InstantSource clock;

  PasswordChangeFlow(
      UserDirectory users,
      SessionStore sessions,
      LoginAttempts attempts,
      PasswordCheck passwords,
      NewSessions newSessions,
      SessionEndings endings,
      AuthEvents events,
      InstantSource clock) {
    this.users = users;
    this.sessions = sessions;
    this.attempts = attempts;
    this.passwords = passwords;
    this.newSessions = newSessions;
    this.endings = endings;
    this.events = events;
    this.clock = clock;
  }

  PasswordChangeResult change(PasswordChange change) {
    TokenClaims claims = Arguments.present("claims", change.claims());
    Passwords both =
        new Passwords(
            Password.of("oldPassword", change.oldPassword()),
            Password.of("newPassword", change.newPassword()));
    ClientAddress address = ClientAddress.of(change.ipAddress());
    Optional<PasswordRefusal> refusal = PasswordPolicy.refusal(both.wanted());
    if (refusal.isPresent()) {
      return new PasswordChangeResult.Unacceptable(refusal.get());
    }
    Session session = sessions.find(claims.sessionId()).orElse(null);
    User user = session == null ? null : allowed(session);
    if (session == null || user == null || !user.id().equals(claims.userId())) {
      return new PasswordChangeResult.Refused();
    }
    EmailAddress account = new EmailAddress(user.canonicalEmail(), user.email());
    Admission admission = attempts.count(account, address, change.deviceProof());
    if (admission instanceof Admission.Wait wait) {
      return new PasswordChangeResult.Throttled(wait.time());
    }
    return attempted(session, user, both, ((Admission.Admitted) admission).attempt());
  }

  /** The password that the user has, by what the client says, and the one to have. */
  private record Passwords(Password old, Password wanted) {}

  /** Returns the session's user; null if the session has ended for its user. */
  private @Nullable User allowed(Session session) {
    return users.find(session.userId()).filter(user -> user.allows(session)).orElse(null);
  }

  private PasswordChangeResult attempted(
      Session session, User user, Passwords both, Attempt attempt) {
    UUID next = NewSessions.newId();
    User changed;
    try {
      changed = changed(session, user, both, next);
    } catch (RuntimeException e) {
      attempt.giveBack(); // no password was checked, or it was the right one
      throw e;
    }
    if (changed == null) {
      return new PasswordChangeResult.Refused();
    }
    attempt.giveBack();
    endings.allAfterChange(changed, SessionEndReason.PASSWORD_CHANGED);
    return opened(next, changed, session.deviceInfo())
        .orElseThrow(
            () ->
                new UnavailableException(
                    "the password has changed, and all sessions were ended at the same moment: log"
                        + " in with the new password"));
  }

  /**
   * Changes the row. Where somebody else has changed it in between, such as a login that stored a
   * stronger hash, the old password is compared with what is there now.
   *
   * @return the user as it is now; null if the password is another one, or the session has ended
   */
  private @Nullable User changed(Session session, User read, Passwords both, UUID next) {
    User user = read;
    String hash = null;
    for (int i = 0; i < TRIES && user != null; i++) {
      if (!passwords.of(user, both.old()).isMatch()) {
        return null;
      }
      hash = hash == null ? passwords.hash(both.wanted()) : hash;
      User changed = user.withPasswordHash(hash).endingSessionsBefore(now());
      if (users.change(user, changed, events.with(UserEvent.passwordChanged(user.id(), next)))) {
        return changed;
      }
      user = allowed(session);
    }
    if (user == null) {
      return null;
    }
    throw new UnavailableException("the user is changed by others all the time: try again");
  }

  private Optional<PasswordChangeResult> opened(UUID id, User changed, String deviceInfo) {
    SessionEpoch epoch = sessions.epoch(changed.id());
    Optional<User> now =
        users
            .find(changed.id())
            .filter(user -> user.status() == changed.status())
            .filter(user -> user.sessionsValidAfter().equals(changed.sessionsValidAfter()));
    return now.flatMap(user -> newSessions.open(id, user, deviceInfo, epoch))
        .map(
            opened ->
                new PasswordChangeResult.Changed(
                    opened.accessToken(), opened.refreshToken(), opened.session()));
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }
}
