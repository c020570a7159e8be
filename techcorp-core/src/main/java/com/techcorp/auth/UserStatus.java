package com.techcorp.auth;

/** Whether a user may log in. */
public enum UserStatus {
  /** May log in and refresh. */
  ACTIVE,
  /** May not; all sessions end. */
  DISABLED
}
