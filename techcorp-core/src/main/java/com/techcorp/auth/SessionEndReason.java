package com.techcorp.auth;

/** Why a session ended before its time. */
public enum SessionEndReason {
  /** Its user logged out of it. */
  LOGGED_OUT,
  /** Its user ended it from another session. */
  ENDED_BY_USER,
  /** Its user changed the password in another session. */
  PASSWORD_CHANGED,
  /** Its user was disabled. */
  USER_DISABLED,
  /** Its user had too many sessions, and this one was the oldest. */
  TOO_MANY_SESSIONS,
  /** A refresh token was presented that had been replaced: somebody else may have it. */
  REUSE_DETECTED,
  /** An operator ended it. */
  ENDED_BY_OPERATOR,
  /** What was stored of it is no session that this version understands. */
  UNREADABLE
}
