package com.techcorp.auth.token;

import com.techcorp.auth.spi.KeyChange;
import com.techcorp.auth.spi.KeySnapshot;
import com.techcorp.auth.spi.SigningKeyStore;
import com.techcorp.auth.spi.StoredKey;
import com.techcorp.error.UnavailableException;
import java.util.List;

/** A store as one process sees it, which may be away. */
final class UnsteadyStore implements SigningKeyStore {
  private final SigningKeyStore store;
  private volatile boolean away;

  UnsteadyStore(SigningKeyStore store) {
    this.store = store;
  }

  void away(boolean from) {
    away = from;
  }

  private SigningKeyStore reached() {
    if (away) {
      throw new UnavailableException("the store is away");
    }
    return store;
  }

  @Override
  public KeySnapshot read() {
    return reached().read();
  }

  @Override
  public List<StoredKey> ended(int limit) {
    return reached().ended(limit);
  }

  @Override
  public boolean change(KeyChange change) {
    return reached().change(change);
  }
}
