package com.techcorp.auth;

/**
 * Why a token is refused. The list is closed and stands in the order of the checks: a token with
 * several faults gets the first of their reasons.
 */
public enum TokenRefusal {
  /** It is longer than 8,192 characters; nothing of it was read. */
  TOO_LONG,
  /** It is not three parts with a dot between them. */
  NOT_THREE_PARTS,
  /** A part is not base64url in its one canonical form: no padding, no bits left over. */
  NOT_BASE64URL,
  /** Header or payload is no JSON object in UTF-8, has a member twice, or is nested too deeply. */
  NOT_STRICT_JSON,
  /** {@code kid} is missing, empty, longer than 128 characters, or no text. */
  INVALID_KEY_ID,
  /** {@code alg} is not exactly {@code RS256}. */
  WRONG_ALGORITHM,
  /** {@code typ} is there and is not {@code JWT}: a token for another purpose. */
  WRONG_TYPE,
  /** The header has one of {@code jku}, {@code jwk}, {@code x5u}, {@code crit}, {@code zip}. */
  FORBIDDEN_HEADER,
  /** There is no key with this {@code kid}. */
  UNKNOWN_KEY,
  /** The signature is not that of the key over this header and payload. */
  WRONG_SIGNATURE,
  /** {@code sub} is missing, or is no UUID. */
  INVALID_SUBJECT,
  /** {@code email} is missing, empty, longer than 320 characters, or no text. */
  INVALID_EMAIL,
  /** {@code sid} is missing, or is no UUID. */
  INVALID_SESSION,
  /** {@code iat} is missing, or is no whole number of seconds. */
  INVALID_ISSUED_AT,
  /** {@code exp} is missing, is no whole number of seconds, or is not after {@code iat}. */
  INVALID_EXPIRY,
  /**
   * {@code jti} is missing, is no UUID of version 7, or its time is not in the second {@code iat}.
   */
  INVALID_TOKEN_ID,
  /** {@code iss} is missing, or is another issuer. */
  WRONG_ISSUER,
  /** {@code aud} is missing, is another audience, or is a list. */
  WRONG_AUDIENCE,
  /** {@code exp} is over by more than the allowed skew. */
  EXPIRED,
  /** {@code iat} is ahead by more than the allowed skew. */
  NOT_YET_VALID,
  /** Its session has ended, or all of its user's tokens of that time were revoked. */
  REVOKED,
  /**
   * What the verifier knows of revocations is older than its options allow: the token may have been
   * revoked.
   */
  REVOCATIONS_TOO_OLD
}
