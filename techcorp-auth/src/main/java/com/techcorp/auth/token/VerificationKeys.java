package com.techcorp.auth.token;

import java.util.Optional;

/** The public keys of an issuer, by their ids. Implementations are thread-safe. */
public interface VerificationKeys {
  /**
   * Returns a key. It is asked for each token, also for one that is remembered: a key that is no
   * longer returned verifies nothing any more.
   *
   * @param keyId as a token names it; the sender of the token chose it
   * @return the key; empty if there is none with this id
   */
  Optional<VerificationKey> find(String keyId);
}
