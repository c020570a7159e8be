package com.techcorp.auth.spi;

import com.techcorp.auth.AccessToken;
import java.time.Duration;
import java.util.UUID;

/** Issues access tokens. Implementations are thread-safe. */
public interface TokenIssuer {
  /**
   * Issues a token that is valid from now on. The session must have been written before: what is
   * issued cannot be taken back.
   *
   * @param userId the user
   * @param email the user's e-mail address as it is stored, 1 to 320 characters
   * @param sessionId the session
   * @return the token
   * @throws com.techcorp.error.InvalidInputException if the address is empty or too long
   * @throws com.techcorp.error.UnavailableException if it cannot be said now which key signs
   */
  AccessToken issue(UUID userId, String email, UUID sessionId);

  /**
   * Returns how long a verifier may take a token for valid after it was issued: its lifetime and
   * the skew. A revocation must be kept as long.
   *
   * @return the same each time
   */
  Duration validity();
}
