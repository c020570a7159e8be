package com.techcorp.auth.gateway;

/**
 * Why context headers are refused. The list is closed and stands in the order of the checks: a set
 * with several faults gets the first of their reasons. None of them happens behind a gateway that
 * strips and signs, but for clocks that differ and keys that a service does not have yet.
 */
public enum ContextRefusal {
  /** They are of another version of the contract. */
  UNKNOWN_VERSION,
  /** A name is reserved and not in the contract, such as one with {@code _} in place of -. */
  UNKNOWN_NAME,
  /** A header is there twice. */
  REPEATED,
  /** A header is missing; {@link ContextHeaders#TRACEPARENT} may be. */
  MISSING,
  /** A value is empty, longer than 4,096 characters, or not of visible characters of ASCII. */
  MALFORMED_VALUE,
  /** Method, path or query have a character that no request may have. */
  MALFORMED_REQUEST,
  /** There is no key with this id. */
  UNKNOWN_KEY,
  /** The signature is not that of the key over these headers and this request. */
  WRONG_SIGNATURE,
  /** The time is no whole number of milliseconds. */
  INVALID_TIME,
  /** They were signed too long ago, and may be stolen. */
  EXPIRED,
  /** They were signed in the future: the gateway's clock is ahead, or this one behind. */
  NOT_YET_VALID,
  /** The user is no UUID. */
  INVALID_USER,
  /** The e-mail address is not as the contract encodes it. */
  INVALID_EMAIL,
  /** The session is no UUID. */
  INVALID_SESSION,
  /** The request's id is too long. */
  INVALID_REQUEST,
  /** The trace is not well-formed. */
  INVALID_TRACEPARENT
}
