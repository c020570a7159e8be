package com.techcorp.auth;

/** Why a new password is refused. The list is closed. */
public enum PasswordRefusal {
  /** It has fewer than 8 characters (Unicode code points). */
  TOO_SHORT,
  /** It is one of the 3,000 most common ones, whatever its capitals. */
  TOO_COMMON
}
