package com.techcorp.auth.token;

import com.techcorp.auth.spi.KeyChange;
import com.techcorp.auth.spi.KeyTerms;
import com.techcorp.auth.spi.StoredKey;
import com.techcorp.error.WiringException;
import java.security.interfaces.RSAPublicKey;
import java.util.Arrays;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * Signing keys as a store keeps them. A stored key is used only if its private half was wrapped
 * under the host's key and its public half belongs to it. Write access to the store is not enough
 * to add a key.
 */
final class WrappedKeys {
  private final KeyWrapping wrapping;

  WrappedKeys(KeyWrapping wrapping) {
    this.wrapping = wrapping;
  }

  KeyChange.Add wrapped(SigningKey key, KeyTerms terms) {
    String keyId = key.verificationKey().id();
    byte[] secret = key.privateKey().getEncoded();
    try {
      return new KeyChange.Add(
          keyId, publicHalf(key.verificationKey()), wrapping.wrap(keyId, secret), terms);
    } finally {
      Arrays.fill(secret, (byte) 0);
    }
  }

  private static String publicHalf(VerificationKey key) {
    RSAPublicKey publicKey = key.publicKey();
    return Base64.getEncoder().encodeToString(publicKey.getEncoded());
  }

  /**
   * Returns a live key.
   *
   * @throws WiringException if it cannot be unwrapped, or its halves or its id do not belong
   *     together
   */
  SigningKey unwrapped(StoredKey stored) {
    byte[] secret = wrapping.unwrap(stored.id(), requireWrapped(stored.wrappedKey()));
    try {
      SigningKey key = SigningKey.ofPkcs8(secret);
      VerificationKey half = key.verificationKey();
      if (!half.id().equals(stored.id()) || !publicHalf(half).equals(stored.publicKey())) {
        throw new WiringException("signing key " + stored.id() + " has the public half of another");
      }
      return key;
    } finally {
      Arrays.fill(secret, (byte) 0);
    }
  }

  private static String requireWrapped(@Nullable String wrapped) {
    if (wrapped == null) {
      throw new IllegalArgumentException("a key that is no longer live has no private half");
    }
    return wrapped;
  }
}
