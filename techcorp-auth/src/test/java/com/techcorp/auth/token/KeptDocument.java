package com.techcorp.auth.token;

import com.techcorp.error.UnavailableException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The keys of a verifier that goes on with a document for its whole maximum age, and asks for no
 * unknown key meanwhile.
 */
final class KeptDocument implements VerificationKeys {
  private final Supplier<Jwks> issuer;
  private final InstantSource clock;
  private Map<String, VerificationKey> keys = Map.of();
  private @Nullable Instant fetched;

  KeptDocument(Supplier<Jwks> issuer, InstantSource clock) {
    this.issuer = issuer;
    this.clock = clock;
  }

  @Override
  public Optional<VerificationKey> find(String keyId) {
    Instant last = fetched;
    if (last == null || Duration.between(last, clock.instant()).compareTo(Jwks.MAX_AGE) > 0) {
      fetch();
    }
    return Optional.ofNullable(keys.get(keyId));
  }

  private void fetch() {
    try {
      keys = JwksReader.keys(issuer.get().json());
      fetched = clock.instant();
    } catch (UnavailableException e) {
      // It goes on with what it has, and asks again.
    }
  }
}
